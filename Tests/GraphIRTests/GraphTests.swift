import GraphIR
import Operations
import TensorCore
import Testing

struct GraphTests {
  @Test func `a graph prints one line per node`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 2, 8])
    let weights = builder.constant(Tensor(shape: [4, 2, 3], repeating: 1))
    let window = SlidingWindow(rank: 1, strides: [2], paddingBefore: [1], paddingAfter: [0])
    let y = x.convolved(with: weights, Convolution(window: window)).rectified
    builder.name(y, "relu")
    builder.output("y", y)
    #expect(
      try "\(builder.finish())" == """
        %0 = input() x [1×2×8] : [1×2×8]
        %1 = constant() [4×2×3] : [4×2×3]
        %2 = convolution(%0, %1) stride 2 padding 1 0 : [1×4×4]
        %3 = unary(%2) rectify : [1×4×4] "relu"
        return y = %3
        """)
  }

  @Test func `the first failure of an expression is reported at the end`() {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 3])
    builder.output("y", (x + builder.input("z", shape: [4])).rectified.reshaped(to: [7]))
    #expect { try builder.finish() } throws: { "\($0)".contains("[2×3] and [4]") }
  }

  @Test func `values that would not fit in memory are refused`() {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1 << 20, 1])
    #expect {
      try builder.append(Broadcast(to: [1 << 20, 1 << 20]), [x])
    } throws: { ($0 as? GraphError)?.code == .tooLarge }
  }

  @Test func `verification finds an output that is not there`() throws {
    var graph = Graph()
    _ = try graph.append(Input(label: "x", shape: [1]), [])
    graph.outputs = [GraphOutput(name: "y", value: ValueID(3))]
    #expect(throws: GraphError.self) { try graph.verify() }
  }

  @Test func `a name leads to one value, a value may have several names`() throws {
    var graph = Graph()
    let x = try graph.append(Input(label: "x", shape: [1]), [])
    let y = try graph.append(Unary(.rectify), [x])
    graph.rename(y, to: "first")
    graph.rename(y, to: "second")
    #expect(graph.value(named: "first") == y)
    #expect(graph.value(named: "second") == y)
    graph.rename(x, to: "first")
    #expect(graph.value(named: "first") == x)
    try graph.verify()
  }
}
