import GraphExecution
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct ProgramTests {
  @Test(arguments: ProgramCase.all)
  func agreesWithTheReference(example: ProgramCase) throws {
    let graph = try example.graph()
    let inputs = Self.inputs(of: graph, seed: 11)
    let expected = try referenceOutputs(of: graph, inputs: inputs)
    let program = try Program(graph)
    for _ in 0..<2 {
      let actual = try program.run(inputs)
      #expect(actual.names.sorted() == expected.keys.sorted())
      for (name, tensor) in expected {
        // Single precision over sums of up to a few hundred terms of size 1.
        try expectClose(#require(actual[name]), tensor, absolute: 2e-5, relative: 2e-5)
      }
    }
  }

  @Test func `the same inputs give the same bits`() throws {
    let graph = try ProgramCase.linear[0].graph()
    let inputs = Self.inputs(of: graph, seed: 3)
    let (first, second) = (try Program(graph), try Program(graph))
    #expect(try first.run(inputs) == second.run(inputs))
  }

  @Test func `a missing or misshapen input is an error that names it`() throws {
    let builder = GraphBuilder()
    builder.output("y", builder.input("spectrum", shape: [1, 1, 8]).rectified)
    let program = try Program(try builder.finish())
    #expect { try program.run([:]) } throws: { "\($0)".contains("spectrum") }
    #expect { try program.run(["spectrum": Tensor(shape: [1, 1, 7], repeating: 0)]) } throws: {
      "\($0)".contains("[1×1×7], not [1×1×8]")
    }
  }

  @Test func `buffers that the machine does not have are refused`() throws {
    let builder = GraphBuilder()
    var values = [builder.input("x", shape: [1 << 30])]
    for _ in 0..<16 { values.append(builder.apply(Softmax(axis: 0), [values[values.count - 1]])) }
    for (index, value) in values.enumerated() { builder.output("\(index)", value) }
    let graph = try builder.finish()
    #expect(throws: ExecutionError.self) { try Program(graph) }
  }

  static func inputs(of graph: Graph, seed: UInt64) -> [String: Tensor] {
    var generator = SeededGenerator(seed: seed)
    var inputs: [String: Tensor] = [:]
    for input in graph.inputs {
      inputs[input.name] = Tensor.random(input.shape, using: &generator, -1...1)
    }
    return inputs
  }
}
