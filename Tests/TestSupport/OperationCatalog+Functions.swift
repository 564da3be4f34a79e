import GraphIR
import Operations
import TensorCore

extension OperationCatalog {
  /// Samples of products.
  package static let products: [OperationSample] = [
    OperationSample(MatrixProduct(), shapes: [[2, 3], [3, 4], [4]]),
    OperationSample(MatrixProduct(transposesLeft: true), shapes: [[3, 2], [3, 4]]),
    OperationSample(MatrixProduct(transposesRight: true), shapes: [[2, 3], [4, 3], [4]]),
    OperationSample(
      MatrixProduct(transposesLeft: true, transposesRight: true),
      shapes: [[2, 3, 2], [2, 4, 3], [4]]),
  ]

  /// Samples of unary.
  package static let unary: [OperationSample] =
    ([
      .negate, .absolute, .sign, .exponential, .rectify, .clip(lower: -0.5, upper: 0.6), .tanh,
      .logistic, .errorFunction, .sine, .cosine, .arctangent, .floor, .ceiling, .round,
    ] as [UnaryFunction]).map { OperationSample(Unary($0), shapes: [[3, 4]], in: -2...2.1) }
    + ([.logarithm, .squareRoot, .reciprocal] as [UnaryFunction]).map {
      OperationSample(Unary($0), shapes: [[3, 4]], in: 0.4...2)
    }

  /// Samples of binary.
  package static let binary: [OperationSample] =
    ([
      .add, .subtract, .multiply, .divide, .maximum, .minimum, .power, .less, .lessOrEqual, .equal,
    ] as [BinaryFunction]).flatMap { function in
      [[[2, 3], [2, 3]], [[2, 3], [3]], [[], [2, 2]], [[2, 1, 3], [2, 1]]].map {
        OperationSample(Binary(function), shapes: $0, in: 0.4...2)
      }
    }

  /// Samples of selections.
  package static let selections: [OperationSample] = [
    OperationSample(
      Select(),
      [
        Tensor(shape: [3], elements: [0, 1, -2]),
        Tensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6]),
        Tensor(shape: [2, 1], elements: [1, 2]),
      ])
  ]

  /// Samples of reductions.
  package static let reductions: [OperationSample] =
    ([.sum, .maximum, .minimum, .product] as [ReductionFunction]).flatMap { function in
      [[0], [1, 2], [0, 1, 2]].map {
        OperationSample(Reduction(function, axes: $0), shapes: [[2, 3, 2]], in: -1...1.3)
      }
    } + [
      OperationSample(Softmax(axis: 1), shapes: [[2, 3, 2]]),
      OperationSample(Softmax(axis: 0), shapes: [[4]]),
      OperationSample(LogSoftmax(axis: 1), shapes: [[2, 3, 2]]),
      OperationSample(LogSoftmax(axis: 2), shapes: [[1, 2, 3]]),
    ]

  /// Samples of movements.
  package static let movements: [OperationSample] = [
    OperationSample(Reshape(to: [3, 4]), shapes: [[2, 3, 2]]),
    OperationSample(Transpose([2, 0, 1]), shapes: [[2, 3, 4]]),
    // Elements are left over before, between and behind the taken ones.
    OperationSample(
      Slice(starts: [1, 0, 2], counts: [1, 2, 2], steps: [1, 2, 3]), shapes: [[2, 4, 8]]),
    OperationSample(Slice(starts: [0, 1], counts: [0, 2]), shapes: [[2, 3]]),
    OperationSample(
      Pad(before: [1, 0], after: [0, 2], between: [0, 2], number: 3), shapes: [[2, 3]]),
    OperationSample(Concatenate(axis: 1), shapes: [[2, 1], [2, 3], [2, 2]]),
    OperationSample(Broadcast(to: [2, 3, 2]), shapes: [[3, 1]]),
    OperationSample(Broadcast(to: [2, 3]), shapes: [[]]),
    OperationSample(Gather(axis: 1, indices: [2, 0, 2]), shapes: [[2, 3]]),
    OperationSample(ScatterSum(axis: 0, indices: [3, 0, 3], extent: 4), shapes: [[3, 2]]),
  ]

  /// Samples of resizings.
  package static let resizings: [OperationSample] =
    ([.linear, .nearest(.floor), .nearest(.roundPreferringFloor)] as [Interpolation]).flatMap {
      interpolation -> [OperationSample] in
      let curve = Resize(
        outputPositions: [7], mappings: [.halfPixel(scale: 4 / 7)], interpolation: interpolation)
      let plane = Resize(
        outputPositions: [4, 2],
        mappings: [
          .receptiveField(origin: 0.5, stride: 1.5), .alignedCorners(input: 4, output: 2),
        ],
        interpolation: interpolation)
      let volume = Resize(
        outputPositions: [3, 4, 5],
        mappings: [
          .halfPixel(scale: 2 / 3), .receptiveField(origin: 0.5, stride: 1.5),
          .alignedCorners(input: 2, output: 5),
        ],
        interpolation: interpolation)
      return [
        OperationSample(volume, shapes: [[1, 2, 2, 3, 2]]),
        OperationSample(
          ResizeGradient(volume, inputPositions: [2, 3, 2]), shapes: [[1, 2, 3, 4, 5]]),
        OperationSample(curve, shapes: [[1, 2, 4]]),
        OperationSample(ResizeGradient(curve, inputPositions: [4]), shapes: [[1, 2, 7]]),
        OperationSample(plane, shapes: [[1, 2, 3, 4]]),
        OperationSample(ResizeGradient(plane, inputPositions: [3, 4]), shapes: [[1, 2, 4, 2]]),
      ]
    }
}
