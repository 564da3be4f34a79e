import GraphExecution
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// What is no number stays none, whatever kernels the library has for it.
struct UnfitNumberTests {
  /// Networks of `x [2, 3, 6, 6]` that would hide what is no number in a fused or pooling kernel.
  static let networks: [ProgramCase] = [
    network("rectifier") { $0.rectified },
    network("clip") { $0.applying(.clip(lower: 0, upper: 6)) },
    network("logistic function") { $0.logistic },
    network("swish") { $0 * $0.logistic },
    network("magnitude") { $0.absolute },
    ProgramCase("rectified sum") { b in
      let x = b.input("x", shape: [2, 3, 6, 6])
      let steps = Convolution(window: SlidingWindow(rank: 2))
      let sum = x.convolved(with: b.weights([3, 3, 1, 1]), steps) + x / b.constant(2)
      b.output("y", sum.rectified.mean(over: .positions))
    },
    ProgramCase("matrix product") { b in
      let x = b.input("x", shape: [2, 3, 6, 6]).reshaped(to: [2, 108])
      b.output("y", x.product(b.weights([108, 4])).rectified)
    },
    ProgramCase("max pooling") { b in
      let x = b.input("x", shape: [2, 3, 6, 6])
      b.output("y", pooled(x).mean(over: .positions))
    },
    ProgramCase("deep inside") { b in
      // The mean of the second sample is 0, so that it is divided by 0.
      let x = b.input("x", shape: [2, 3, 6, 6])
      let mean = x.mean(over: .axes([1, 2, 3]))
      b.output("y", head(pooled(x * 0 / (mean * 0)).rectified, b))
    },
  ]

  private static func network(
    _ name: String, _ function: @escaping @Sendable (Value) -> Value
  ) -> ProgramCase {
    ProgramCase("convolution and " + name) { b in
      let x = b.input("x", shape: [2, 3, 6, 6])
      let steps = Convolution(
        window: SlidingWindow(rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1]))
      let first = function(x.convolved(with: b.weights([8, 3, 3, 3]), bias: b.weights([8]), steps))
      b.output("y", head(first, b))
    }
  }

  private static func pooled(_ x: Value) -> Value {
    x.builder.apply(
      MaxPooling(
        PoolingWindow(kernel: [2, 2], window: SlidingWindow(rank: 2, strides: [2, 2]))),
      [x])
  }

  private static func head(_ x: Value, _ b: GraphBuilder) -> Value {
    x.mean(over: .positions).reshaped(to: [2, x.shape[1]]).product(b.weights([x.shape[1], 5]))
  }

  @Test(arguments: networks, [Float.nan, -.nan])
  func `a sample with one has no results, the others have theirs`(
    network: ProgramCase, unfit: Float
  ) throws {
    var generator = SeededGenerator(seed: 5)
    let fit = Tensor.random([2, 3, 6, 6], using: &generator, -1...1)
    var elements = fit.elements
    elements[108 + 40] = unfit
    let graph = try network.graph()
    let program = try Program(graph)
    let expected = try referenceOutputs(of: graph, inputs: ["x": fit])["y"]
    let clean = try program.run(["x": fit]).byName["y"]
    let spoiled = try program.run(["x": Tensor(shape: fit.shape, elements: elements)]).byName["y"]
    let (before, after) = (try #require(clean), try #require(spoiled))
    let width = before.elements.count / 2
    let isSpoiled = after.elements[width...].allSatisfy { $0.isNaN }
    #expect(isSpoiled, "\(after)")
    if network.description != "deep inside" {
      let reference = try #require(expected)
      expectClose(before, reference, absolute: 1e-4, relative: 1e-4)
      #expect(Array(after.elements[..<width]) == Array(before.elements[..<width]))
    }
    // Nothing is left of it in the next run.
    let again = try program.run(["x": fit]).byName["y"]
    #expect(again?.elements.map(\.bitPattern) == before.elements.map(\.bitPattern))
  }

  /// `0 / 0` in a network whose inputs are numbers.
  @Test func `what arises inside is met as well`() throws {
    let graph = try #require(Self.networks.last).graph()
    let ones = Tensor(shape: [2, 3, 6, 6], elements: [Float](repeating: 1, count: 216))
    let results = try Program(graph).run(["x": ones]).byName
    let isSpoiled = results["y"]?.elements.allSatisfy { $0.isNaN }
    #expect(isSpoiled == true)
  }

  /// Kernels of our own, element by element as ONNX Runtime's.
  @Test(arguments: [
    UnaryFunction.rectify, .clip(lower: 0, upper: 6), .tanh, .logistic, .absolute, .exponential,
    .errorFunction, .roundStraightThrough,
  ])
  func `functions hand it on where it is`(function: UnaryFunction) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 20])
    builder.output("y", x.applying(function))
    var elements = (0..<40).map { Float($0) / 10 - 2 }
    elements[7] = .nan
    elements[33] = -.nan
    let results = try Program(builder.finish())
      .run(["x": Tensor(shape: [2, 20], elements: elements)]).byName
    let unfit = results["y"]?.elements.indices.filter { results["y"]?.elements[$0].isNaN == true }
    #expect(unfit == [7, 33])
  }

  /// A padding of −∞ before a max pooling is usual and hides nothing.
  @Test func `infinities before a max pooling are numbers`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 1, 2, 2])
    builder.output("y", Self.pooled(x))
    let input = Tensor(shape: [1, 1, 2, 2], elements: [-.infinity, 1, -.infinity, -2])
    #expect(try Program(builder.finish()).run(["x": input]).byName["y"]?.elements == [1])
  }
}
