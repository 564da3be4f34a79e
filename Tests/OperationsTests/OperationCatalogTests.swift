import Foundation
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct OperationCatalogTests {
  /// An operation that nobody samples is asked no question.
  @Test func `every operation of the core has samples`() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources")
    var declared: Set<String> = []
    for folder in ["Operations", "GraphIR"] {
      let files = FileManager.default.enumerator(
        at: sources.appending(path: folder), includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /struct (\w+): Operation\b/) {
          declared.insert(String(match.output.1))
        }
      }
    }
    let sampled = Set(OperationCatalog.samples.map { "\(type(of: $0.operation))" })
    #expect(declared == sampled)
  }

  @Test func `every operation of the core answers every question`() {
    for sample in OperationCatalog.samples {
      #expect(sample.operation is any CoreOperation, "\(sample.testDescription)")
    }
  }

  /// Only operations of trainings say no.
  @Test func `every operation has gradients, or says that it has none`() {
    let without = OperationCatalog.samples.filter {
      !($0.operation is any DifferentiableOperation)
    }
    #expect(
      Set(without.map { "\(type(of: $0.operation))" }) == [
        "Input", "Constant", "BatchNormalizationSums", "BatchNormalizationGradient",
      ])
  }
}
