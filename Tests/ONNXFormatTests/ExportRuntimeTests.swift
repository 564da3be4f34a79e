import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import TensorCore
import TestSupport
import Testing

/// Written models in ONNX Runtime against our own results.
@Suite(.needsPython)
struct ExportRuntimeTests {
  private static func allCases() throws -> [ExportCase] {
    try ExportCase.convolutions() + ExportCase.poolings() + ExportCase.resizings()
      + ExportCase.unary() + ExportCase.binary() + ExportCase.reductions()
      + ExportCase.products() + ExportCase.movements() + ExportCase.networks()
  }

  @Test func `every operation and its gradients equal the reference in ONNX Runtime`() throws {
    let cases = try Self.allCases()
    let results = try ExportRuntime.run(cases.map { ($0.graph, $0.inputs) })
    var worst = 0.0
    for (item, result) in zip(cases, results) {
      switch result {
      case .failure(let failure): Issue.record("\(item): \(failure)")
      case .success(let actual):
        let expected = try referenceOutputs(of: item.graph, inputs: item.inputs)
        // Single against double precision, short sums.
        worst = max(
          worst, try expectEqual(actual, expected, tolerance: 1e-5, "\(item)"))
      }
    }
    print("\(cases.count) models differ by at most \(worst) of range")
  }

  @Test(
    .needsShared("data/model-efficientnet-lite0"),
    arguments: ["model-efficientnet-lite0", "model-cifar10-resnet20", "model-squeezenet1.1"])
  func `networks and their gradients give our numbers in ONNX Runtime`(name: String) throws {
    let folder = try #require(SharedData.folder("data/\(name)"))
    let file = try ONNXFile(contentsOf: folder.appending(path: "model.onnx"))
    let builder = GraphBuilder(try file.graph())
    let score = builder.value(try #require(builder.graph.outputs.first).value)
    let input = try #require(builder.graph.inputs.first)
    let seed = builder.constant(.seeded(score.shape, seed: 3))
    let gradients = try builder.gradients(
      of: [Seed(score, weights: seed)], withRespectTo: [builder.value(input.value)])
    builder.output("gradient of the score", gradients[0])
    let graph = try builder.finish()
    let inputs = [input.name: Tensor.seeded(input.shape, seed: 1)]
    let expected = try Program(graph).run(inputs).byName
    var actual = try ExportRuntime.run([(graph, inputs)])[0].get()
    let theirs = actual.removeValue(forKey: "gradient of the score")
    let gradient = try #require(theirs)
    var scores = expected
    let own = scores.removeValue(forKey: "gradient of the score")
    let ours = try #require(own)
    let worst = try expectEqual(actual, scores, tolerance: 1e-4, name)
    // Where the input of a rectifier or a tie of a pooling is within rounding of the kink, engines
    // take different sides, and the gradient jumps in the receptive field of that one value. With
    // inputs changed in their last bits an engine differs as much from itself.
    #expect(gradient.shape == ours.shape)
    let range = ours.elements.map { abs($0) }.max() ?? 0
    let differences = zip(gradient.elements, ours.elements).map { abs($0 - $1) / range }
    let jumpCount = differences.count { !($0 <= 1e-4) }
    #expect(jumpCount * 50 <= differences.count, "\(name): \(jumpCount) of \(differences.count)")
    #expect(differences.allSatisfy { $0 <= 1e-2 }, "\(name)")
    print("\(name): scores \(worst) of range, \(jumpCount) of \(differences.count) gradients jump")
  }

  /// Compares outputs by name within a share of the largest expected magnitude.
  ///
  /// - Returns: The largest difference as a share of that magnitude.
  private func expectEqual(
    _ actual: [String: Tensor], _ expected: [String: Tensor], tolerance: Double, _ place: String
  ) throws -> Double {
    #expect(actual.keys.sorted() == expected.keys.sorted(), "\(place)")
    var worst = 0.0
    for (name, tensor) in expected {
      let output = try #require(actual[name], "\(place) \(name)")
      let range = tensor.elements.filter(\.isFinite).map { Double(abs($0)) }.max() ?? 0
      expectClose(
        output, tensor, absolute: 1e-7 + tolerance * range, relative: 0, "\(place) \(name)")
      for (a, b) in zip(output.elements, tensor.elements) where b.isFinite && range > 0 {
        worst = max(worst, Double(abs(a - b)) / range)
      }
    }
    return worst
  }
}
