import GraphIR
import Operations
import TensorCore
import TestSupport

/// A graph whose inputs are filled with seeded numbers.
struct ProgramCase: CustomStringConvertible, Sendable {
  let description: String
  let build: @Sendable (GraphBuilder) -> Void

  init(_ description: String, _ build: @escaping @Sendable (GraphBuilder) -> Void) {
    self.description = description
    self.build = build
  }

  func graph() throws -> Graph {
    let builder = GraphBuilder()
    build(builder)
    return try builder.finish()
  }
}

extension GraphBuilder {
  /// A constant of seeded numbers in −1…1.
  func weights(_ shape: Shape, seed: UInt64 = 7) -> Value {
    var generator = SeededGenerator(seed: seed)
    return constant(Tensor.random(shape, using: &generator, -1...1))
  }
}

extension ProgramCase {
  static let linear: [ProgramCase] = [
    ProgramCase("convolution with bias, sum and clip fused") { b in
      let x = b.input("x", shape: [2, 3, 9, 8])
      let convolution = Convolution(
        window: SlidingWindow(rank: 2, paddingBefore: [1, 0], paddingAfter: [1, 2]))
      let first = x.convolved(
        with: b.weights([20, 3, 3, 3]), bias: b.weights([20]), convolution
      ).rectified
      let second = first.convolved(with: b.weights([20, 20, 3, 3]), convolution)
      b.output("y", (second + first).applying(.clip(lower: 0, upper: 6)))
      b.output("first", first)
    },
    ProgramCase("grouped, depthwise and dilated convolutions in 1-D") { b in
      let x = b.input("x", shape: [3, 8, 21])
      let grouped = Convolution(
        window: SlidingWindow(rank: 1, strides: [2], paddingBefore: [2], paddingAfter: [1]),
        groups: 4)
      let depthwise = Convolution(
        window: SlidingWindow(rank: 1, dilations: [2], paddingBefore: [2], paddingAfter: [2]),
        groups: 16)
      let y = x.convolved(with: b.weights([16, 2, 4]), grouped).rectified
      b.output("y", y.convolved(with: b.weights([16, 1, 3]), bias: b.weights([16]), depthwise))
    },
    ProgramCase("convolution with a swish and a second use") { b in
      let x = b.input("x", shape: [1, 4, 6, 6])
      let y = x.convolved(
        with: b.weights([17, 4, 1, 1]), Convolution(window: SlidingWindow(rank: 2)))
      let swish = y * y.logistic
      b.output("swish", swish)
      b.output("mean", swish.mean(over: .positions))
    },
    ProgramCase("transposed convolution and weight gradient") { b in
      let g = b.input("g", shape: [2, 6, 5, 4])
      let x = b.input("x", shape: [2, 4, 10, 8])
      let convolution = Convolution(
        window: SlidingWindow(
          rank: 2, strides: [2, 2], paddingBefore: [1, 1], paddingAfter: [1, 1]),
        groups: 2)
      b.output(
        "dx",
        g.transposedConvolved(
          with: b.weights([6, 2, 3, 3]), convolution, outputPositions: [10, 8]))
      b.output("dw", x.convolutionWeightGradient(g, convolution, kernel: [3, 3]))
    },
    ProgramCase("matrix products, transposed, with bias and stacked") { b in
      let x = b.input("x", shape: [5, 7])
      let stack = b.input("stack", shape: [2, 3, 5, 7])
      b.output("xw", x.product(b.weights([7, 4]), bias: b.weights([4])).rectified)
      b.output("xwt", x.product(b.weights([4, 7]), transposesRight: true))
      b.output("xtw", x.product(b.weights([5, 4]), transposesLeft: true))
      b.output("stacked", stack.product(stack, transposesRight: true))
    },
  ]

  static let pooling: [ProgramCase] = [
    ProgramCase("max pooling, its gradient and selection") { b in
      let x = b.input("x", shape: [2, 20, 9, 8])
      let convolution = Convolution(window: SlidingWindow(rank: 2))
      let y = x.convolved(with: b.weights([20, 20, 1, 1]), convolution)
      let pooling = PoolingWindow(
        kernel: [3, 2],
        window: SlidingWindow(
          rank: 2, strides: [2, 2], paddingBefore: [1, 0], paddingAfter: [1, 0]))
      let pooled = b.apply(MaxPooling(pooling), [y])
      b.output("pooled", pooled)
      b.output("spread", b.apply(MaxPoolingGradient(pooling), [y, pooled * pooled]))
      b.output("selected", b.apply(MaxPoolingSelection(pooling), [y, x]))
    },
    ProgramCase("gradient of a max pooling that is not computed itself") { b in
      let x = b.input("x", shape: [1, 3, 12])
      let g = b.input("g", shape: [1, 3, 6])
      let pooling = PoolingWindow(kernel: [2], window: SlidingWindow(rank: 1, strides: [2]))
      b.output("spread", b.apply(MaxPoolingGradient(pooling), [x, g]))
    },
    ProgramCase("average pooling and its gradient") { b in
      let x = b.input("x", shape: [2, 20, 7])
      let g = b.input("g", shape: [2, 20, 4])
      let pooling = PoolingWindow(
        kernel: [3],
        window: SlidingWindow(rank: 1, strides: [2], paddingBefore: [1], paddingAfter: [1]))
      b.output("pooled", b.apply(AveragePooling(pooling), [x]))
      b.output("spread", b.apply(AveragePoolingGradient(pooling, outputPositions: [7]), [g]))
    },
  ]

  static let elementwise: [ProgramCase] = [
    ProgramCase("every function of one number") { b in
      let x = b.input("x", shape: [3, 37])
      let functions: [UnaryFunction] = [
        .negate, .absolute, .sign, .exponential, .reciprocal, .rectify,
        .clip(lower: -0.25, upper: 0.5), .tanh, .logistic, .errorFunction, .sine, .cosine,
        .arctangent, .floor,
        .ceiling, .round, .roundStraightThrough, .held,
      ]
      for function in functions { b.output("\(function)", (x * 3).applying(function)) }
      b.output("logarithm", x.absolute.logarithm)
      b.output("root", x.absolute.squareRoot)
    },
    ProgramCase("every function of two numbers, broadcast in every way") { b in
      let x = b.input("x", shape: [2, 20, 5, 3])
      let functions: [BinaryFunction] = [
        .add, .subtract, .multiply, .divide, .maximum, .minimum, .less, .lessOrEqual, .equal,
      ]
      let shapes: [Shape] = [
        [], [3], [5, 1], [20, 1, 1], [2, 1, 5, 3], [2, 20, 1, 1], [1, 1, 1, 3],
      ]
      for (index, shape) in shapes.enumerated() {
        for function in functions {
          b.output(
            "\(function) \(shape)",
            b.apply(Binary(function), [x, b.weights(shape, seed: UInt64(index))]))
        }
      }
      b.output("power", x.absolute.power(b.weights([20, 1, 1])))
      b.output("select", x.isGreater(than: 0).choosing(x, else: b.weights([3])))
    },
    ProgramCase("elementwise on blocked channels with padding") { b in
      let x = b.input("x", shape: [2, 20, 5, 3])
      let y = x.convolved(
        with: b.weights([20, 20, 1, 1]), Convolution(window: SlidingWindow(rank: 2)))
      let shifted = (y + 1) * b.weights([20, 1, 1]) - b.input("m", shape: [2, 1, 5, 3])
      b.output("shifted", shifted)
      b.output(
        "again",
        shifted.convolved(
          with: b.weights([8, 20, 3, 3]), Convolution(window: SlidingWindow(rank: 2))))
      b.output("map", (y * y.mean(over: .positions)).sum(over: .channels))
      b.output("largest", y.maximum(over: .axes([1, 3])))
      b.output("product", y.reduced(.product, over: [2]))
    },
    ProgramCase("softmax, log-softmax and reductions") { b in
      let x = b.input("x", shape: [3, 5, 40])
      b.output("softmax", b.apply(Softmax(axis: 1), [x]))
      b.output("logSoftmax", b.apply(LogSoftmax(axis: 2), [x]))
      for axes in [[0], [1], [2], [0, 2], [0, 1, 2]] {
        b.output("sum \(axes)", x.reduced(.sum, over: axes))
        b.output("minimum \(axes)", x.reduced(.minimum, over: axes))
      }
    },
  ]

  static let movement: [ProgramCase] = [
    ProgramCase("movements") { b in
      let x = b.input("x", shape: [2, 6, 5])
      b.output("transposed", x.transposed([2, 0, 1]))
      b.output("sliced", x.sliced(starts: [0, 1, 4], counts: [2, 2, 1], steps: [1, 3, 1]))
      b.output(
        "padded", x.padded(before: [0, 1, 2], after: [1, 0, 0], between: [0, 2, 1], number: 3))
      b.output("joined", .concatenated([x, x * 2, x.sliced(1, start: 0, count: 1)], axis: 1))
      b.output("joined last", .concatenated([x, x], axis: 2))
      b.output("broadcast", x.sum(over: .positions).broadcast(to: [2, 6, 4]))
      b.output("gathered", x.gathered(1, [5, 0, 0]))
      b.output(
        "scattered", b.apply(ScatterSum(axis: 2, indices: [0, 3, 3, 1, 7], extent: 8), [x]))
      b.output("reshaped", x.reshaped(to: [12, 5]).reshaped(to: [3, 20]))
    },
    ProgramCase("joins of blocked channels") { b in
      let x = b.input("x", shape: [2, 4, 5, 3])
      let convolution = Convolution(window: SlidingWindow(rank: 2))
      let wide = x.convolved(with: b.weights([32, 4, 1, 1]), convolution).rectified
      let wider = x.convolved(with: b.weights([16, 4, 1, 1], seed: 3), convolution)
      let odd = x.convolved(with: b.weights([5, 4, 1, 1], seed: 4), convolution)
      b.output("whole", .concatenated([wide, wider], axis: 1))
      b.output("odd", .concatenated([wide, odd, wider], axis: 1))
      b.output("tall", .concatenated([wider, wider], axis: 2))
      b.output("part", wide.sliced(1, start: 3, count: 20).transposed([0, 2, 3, 1]))
    },
    ProgramCase("resizing and its gradient") { b in
      let x = b.input("x", shape: [1, 2, 4, 5])
      let rules: [Interpolation] = [.linear, .nearest(.floor), .nearest(.roundPreferringCeiling)]
      for rule in rules {
        let resize = Resize(
          outputPositions: [9, 3],
          mappings: [.halfPixel(scale: 4.0 / 9), .receptiveField(origin: 0.5, stride: 0.7)],
          interpolation: rule)
        let y = b.apply(resize, [x])
        b.output("resized \(rule)", y)
        b.output(
          "spread \(rule)", b.apply(ResizeGradient(resize, inputPositions: [4, 5]), [y * y]))
      }
    },
    ProgramCase("values that depend on constants only") { b in
      let x = b.input("x", shape: [1, 3, 8])
      let weights = b.weights([4, 3, 3])
      let convolution = Convolution(window: SlidingWindow(rank: 1))
      b.output(
        "y",
        x.convolved(
          with: weights.positive * b.weights([4, 1, 1]), bias: b.weights([4]) * 2, convolution))
      b.output("constant", weights.transposed([1, 0, 2]).sum(over: .axes([2])))
    },
  ]

  static let all = linear + pooling + elementwise + movement
}
