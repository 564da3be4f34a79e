import GraphIR
import ONNXFormat
import Operations
import TensorCore
import TestSupport
import Testing

struct ExportContractTests {
  /// Only what a training needs is never written.
  @Test func `every operation has an ONNX form, or says that it has none`() throws {
    var refused: Set<String> = []
    for sample in OperationCatalog.samples {
      let builder = GraphBuilder()
      let inputs = sample.inputs.enumerated().map {
        builder.input("input \($0)", shape: $1.shape)
      }
      builder.output("result", try builder.append(sample.operation, inputs))
      do {
        _ = try ONNXWriter().bytes(of: builder.finish())
      } catch let error as ONNXError {
        #expect(error.code == .unsupportedOperator, "\(sample.testDescription): \(error)")
        refused.insert("\(type(of: sample.operation))")
      }
    }
    #expect(
      refused == [
        "BatchNormalization", "BatchMoments", "BatchNormalizationSums",
        "BatchNormalizationGradient",
      ])
  }
}
