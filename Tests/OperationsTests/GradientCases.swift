import GraphIR
import Operations
import TensorCore

/// Convolutions over one and two axes with everything a window can be set to.
struct ConvolutionCase: Sendable {
  let input: Shape
  let weights: Shape
  let operation: Convolution

  init(_ input: Shape, _ weights: Shape, groups: Int = 1, _ window: SlidingWindow) {
    self.input = input
    self.weights = weights
    self.operation = Convolution(window: window, groups: groups)
  }

  static let all: [ConvolutionCase] = [
    ConvolutionCase([2, 2, 5], [3, 2, 3], SlidingWindow(rank: 1)),
    // A remainder that no placement reaches.
    ConvolutionCase([1, 1, 8], [2, 1, 3], SlidingWindow(rank: 1, strides: [3])),
    ConvolutionCase(
      [1, 2, 6], [2, 2, 3],
      SlidingWindow(
        rank: 1, strides: [2], dilations: [2], paddingBefore: [3], paddingAfter: [0])),
    ConvolutionCase(
      [2, 4, 4], [2, 2, 3], groups: 2,
      SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1])),
    // Depthwise, with two outputs per channel.
    ConvolutionCase(
      [1, 3, 5], [6, 1, 3], groups: 3,
      SlidingWindow(rank: 1, strides: [2], paddingBefore: [0], paddingAfter: [1])),
    ConvolutionCase([1, 2, 4, 3], [2, 2, 2, 2], SlidingWindow(rank: 2)),
    ConvolutionCase(
      [1, 2, 5, 4], [2, 1, 3, 2], groups: 2,
      SlidingWindow(
        rank: 2, strides: [2, 3], dilations: [1, 2], paddingBefore: [1, 0], paddingAfter: [0, 2])),
  ]

  var output: Shape {
    get throws { try operation.outputShape(for: [input, weights]) }
  }
}

/// Pooling windows over one and two axes.
struct PoolingCase: Sendable {
  let input: Shape
  let pooling: PoolingWindow

  init(_ input: Shape, _ kernel: [Int], _ window: SlidingWindow) {
    self.input = input
    self.pooling = PoolingWindow(kernel: kernel, window: window)
  }

  static let all: [PoolingCase] = [
    PoolingCase([2, 2, 6], [2], SlidingWindow(rank: 1, strides: [2])),
    PoolingCase([1, 2, 8], [3], SlidingWindow(rank: 1, strides: [3])),
    PoolingCase(
      [1, 2, 7], [3],
      SlidingWindow(
        rank: 1, strides: [2], dilations: [2], paddingBefore: [2], paddingAfter: [1])),
    PoolingCase([1, 2, 4, 3], [3, 2], SlidingWindow(rank: 2)),
    PoolingCase(
      [1, 1, 5, 6], [2, 3],
      SlidingWindow(rank: 2, strides: [2, 1], paddingBefore: [0, 2], paddingAfter: [1, 0])),
  ]

  var output: Shape {
    get throws { try AveragePooling(pooling).outputShape(for: [input]) }
  }
}

extension GradientCase {
  static let convolutions = ConvolutionCase.all.flatMap { item -> [GradientCase] in
    guard let output = try? item.output else { return [] }
    let (input, weights, operation) = (item.input, item.weights, item.operation)
    return [
      GradientCase(operation, shapes: [input, weights, [weights[0]]]),
      GradientCase(
        TransposedConvolution(operation, outputPositions: input.positions),
        shapes: [output, weights]),
      GradientCase(
        ConvolutionWeightGradient(operation, kernel: weights.positions), shapes: [input, output]),
    ]
  }

  static let poolings = PoolingCase.all.flatMap { item -> [GradientCase] in
    guard let output = try? item.output else { return [] }
    let (input, pooling) = (item.input, item.pooling)
    return [
      GradientCase(MaxPooling(pooling), shapes: [input]),
      GradientCase(MaxPoolingGradient(pooling), shapes: [input, output]),
      GradientCase(MaxPoolingSelection(pooling), shapes: [input, input]),
      GradientCase(AveragePooling(pooling), shapes: [input]),
      GradientCase(
        AveragePoolingGradient(pooling, outputPositions: input.positions), shapes: [output]),
    ]
  }

  static let products: [GradientCase] = [
    GradientCase(MatrixProduct(), shapes: [[2, 3], [3, 4], [4]]),
    GradientCase(MatrixProduct(transposesLeft: true), shapes: [[3, 2], [3, 4]]),
    GradientCase(MatrixProduct(transposesRight: true), shapes: [[2, 3], [4, 3], [4]]),
    GradientCase(
      MatrixProduct(transposesLeft: true, transposesRight: true),
      shapes: [[2, 3, 2], [2, 4, 3], [4]]),
  ]

  static let unary: [GradientCase] =
    ([
      .negate, .absolute, .sign, .exponential, .rectify, .clip(lower: -0.5, upper: 0.6), .tanh,
      .logistic, .errorFunction, .sine, .cosine, .floor, .ceiling, .round,
    ] as [UnaryFunction]).map { GradientCase(Unary($0), shapes: [[3, 4]], in: -2...2.1) }
    + ([.logarithm, .squareRoot, .reciprocal] as [UnaryFunction]).map {
      GradientCase(Unary($0), shapes: [[3, 4]], in: 0.4...2)
    }

  static let binary: [GradientCase] =
    ([
      .add, .subtract, .multiply, .divide, .maximum, .minimum, .power, .less, .lessOrEqual, .equal,
    ] as [BinaryFunction]).flatMap { function in
      [[[2, 3], [2, 3]], [[2, 3], [3]], [[], [2, 2]], [[2, 1, 3], [2, 1]]].map {
        GradientCase(Binary(function), shapes: $0, in: 0.4...2)
      }
    }

  static let selections: [GradientCase] = [
    GradientCase(
      Select(),
      [Tensor(shape: [3], elements: [0, 1, -2]), counting([2, 3]), counting([2, 1])])
  ]

  static let reductions: [GradientCase] =
    ([.sum, .maximum, .minimum, .product] as [ReductionFunction]).flatMap { function in
      [[0], [1, 2], [0, 1, 2]].map {
        GradientCase(Reduction(function, axes: $0), shapes: [[2, 3, 2]], in: -1...1.3)
      }
    } + [
      GradientCase(Softmax(axis: 1), shapes: [[2, 3, 2]]),
      GradientCase(Softmax(axis: 0), shapes: [[4]]),
      GradientCase(LogSoftmax(axis: 1), shapes: [[2, 3, 2]]),
      GradientCase(LogSoftmax(axis: 2), shapes: [[1, 2, 3]]),
    ]

  static let movements: [GradientCase] = [
    GradientCase(Reshape(to: [3, 4]), shapes: [[2, 3, 2]]),
    GradientCase(Transpose([2, 0, 1]), shapes: [[2, 3, 4]]),
    // Elements are left over before, between and behind the taken ones.
    GradientCase(
      Slice(starts: [1, 0, 2], counts: [1, 2, 2], steps: [1, 2, 3]), shapes: [[2, 4, 8]]),
    GradientCase(Slice(starts: [0, 1], counts: [0, 2]), shapes: [[2, 3]]),
    GradientCase(
      Pad(before: [1, 0], after: [0, 2], between: [0, 2], number: 3), shapes: [[2, 3]]),
    GradientCase(Concatenate(axis: 1), shapes: [[2, 1], [2, 3], [2, 2]]),
    GradientCase(Broadcast(to: [2, 3, 2]), shapes: [[3, 1]]),
    GradientCase(Broadcast(to: [2, 3]), shapes: [[]]),
    GradientCase(Gather(axis: 1, indices: [2, 0, 2]), shapes: [[2, 3]]),
    GradientCase(ScatterSum(axis: 0, indices: [3, 0, 3], extent: 4), shapes: [[3, 2]]),
  ]

  static let resizings: [GradientCase] =
    ([.linear, .nearest(.floor), .nearest(.roundPreferringFloor)] as [Interpolation]).flatMap {
      interpolation -> [GradientCase] in
      let curve = Resize(
        outputPositions: [7], mappings: [.halfPixel(scale: 4 / 7)], interpolation: interpolation)
      let plane = Resize(
        outputPositions: [4, 2],
        mappings: [
          .receptiveField(origin: 0.5, stride: 1.5), .alignedCorners(input: 4, output: 2),
        ],
        interpolation: interpolation)
      return [
        GradientCase(curve, shapes: [[1, 2, 4]]),
        GradientCase(ResizeGradient(curve, inputPositions: [4]), shapes: [[1, 2, 7]]),
        GradientCase(plane, shapes: [[1, 2, 3, 4]]),
        GradientCase(ResizeGradient(plane, inputPositions: [3, 4]), shapes: [[1, 2, 4, 2]]),
      ]
    }

  static let all: [GradientCase] =
    convolutions + poolings + products + unary + binary + selections + reductions + movements
    + resizings
}
