import GraphExecution
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct LoweringContractTests {
  @Test(arguments: OperationCatalog.samples)
  func `every operation has a kernel that gives the literal result`(
    sample: OperationSample
  ) throws {
    guard !sample.inputs.isEmpty else { return }
    let builder = GraphBuilder()
    let names = sample.inputs.indices.map { "input \($0)" }
    let values = zip(names, sample.inputs).map { builder.input($0, shape: $1.shape) }
    builder.output("result", try builder.append(sample.operation, values))
    let graph = try builder.finish()
    let inputs = Dictionary(uniqueKeysWithValues: zip(names, sample.inputs))
    let actual = try #require(try Program(graph).run(inputs)["result"])
    let expected = try #require(try referenceOutputs(of: graph, inputs: inputs)["result"])
    // Single precision; sums of some tens of numbers around 1.
    expectClose(actual, expected, absolute: 2e-5, relative: 2e-5)
  }
}
