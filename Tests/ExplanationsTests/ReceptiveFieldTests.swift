import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import Explanations

struct ReceptiveFieldTests {
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let build: @Sendable (Value) -> Value
  }

  static let cases = [
    Case(description: "strided convolutions with odd kernels") { x in
      convolved(convolved(x, taps: 5, stride: 2, padding: 2), taps: 3, stride: 2, padding: 1)
    },
    Case(description: "dilation and uneven padding") { x in
      convolved(x, taps: 3, stride: 1, dilation: 3, padding: 2, after: 0)
    },
    Case(description: "pooling with an even kernel after a convolution") { x in
      let pooling = PoolingWindow(kernel: [2], window: SlidingWindow(rank: 1, strides: [2]))
      let y = convolved(x, taps: 3, stride: 1, padding: 1)
      return y.builder.apply(AveragePooling(pooling), [y])
    },
    Case(description: "slices and pads") { x in
      x.sliced(starts: [0, 0, 3], counts: [1, 1, 10], steps: [1, 1, 2])
        .padded(before: [0, 0, 1], after: [0, 0, 2])
    },
  ]

  /// Which inputs change an element, found by changing them one at a time.
  @Test(arguments: cases)
  func fieldsAreWhereInputsMatter(example: Case) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 1, 40])
    let y = example.build(x)
    builder.output("y", y)
    let graph = try builder.finish()
    let field = try #require(Self.fields(graph, x.id)[y.id.index].first)
    let base = try referenceOutputs(
      of: graph, inputs: ["x": Tensor(shape: [1, 1, 40], repeating: 0)])
    let zero = try #require(base["y"])
    var reach = [ClosedRange<Int>?](repeating: nil, count: zero.elements.count)
    for position in 0..<40 {
      var input = Tensor(shape: [1, 1, 40], repeating: 0)
      input[0, 0, position] = 1
      let moved = try #require(referenceOutputs(of: graph, inputs: ["x": input])["y"])
      for (element, pair) in zip(moved.elements, zero.elements).enumerated() where pair.0 != pair.1
      {
        reach[element] = min(reach[element]?.lowerBound ?? position, position)...position
      }
    }
    // In the middle nothing is cut off by the border.
    for element in zero.elements.count / 3..<zero.elements.count * 2 / 3 {
      let seen = try #require(reach[element])
      let center = field.origin + field.stride * Double(element)
      #expect(Double(seen.lowerBound + seen.upperBound) / 2 == center)
      #expect(Double(seen.count) == field.size)
    }
  }

  @Test func `a transposed convolution puts positions back`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 1, 41])
    let window = SlidingWindow(rank: 1, strides: [2], paddingBefore: [1], paddingAfter: [1])
    let weights = builder.constant(Tensor(shape: [1, 1, 3], repeating: 1))
    let down = x.convolved(with: weights, Convolution(window: window))
    let up = down.transposedConvolved(
      with: weights, Convolution(window: window), outputPositions: [41])
    let fields = Self.fields(try builder.finish(), x.id)
    #expect(fields[down.id.index].first?.stride == 2)
    #expect(fields[up.id.index].first?.stride == 1)
    #expect(fields[up.id.index].first?.origin == 0)
  }

  /// The fields of every value.
  static func fields(_ graph: Graph, _ input: ValueID) -> [[ReceptiveField]] {
    graph.axisLayouts(of: input, AxisLayout(canonical: graph[input].shape))
      .map { $0?.receptiveFields ?? [] }
  }

  static func convolved(
    _ x: Value, taps: Int, stride: Int, dilation: Int = 1, padding: Int, after: Int? = nil
  ) -> Value {
    let window = SlidingWindow(
      rank: 1, strides: [stride], dilations: [dilation], paddingBefore: [padding],
      paddingAfter: [after ?? padding])
    let weights = x.builder.constant(Tensor(shape: [1, 1, taps], repeating: 1))
    return x.convolved(with: weights, Convolution(window: window))
  }
}
