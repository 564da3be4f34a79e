import Explanations
import Foundation
import NetworkTraining
import Testing

@testable import StudyWorkflows
@testable import Workflows

@Suite struct TrainWorkflowTests {
  /// A table of twelve spectra of two classes, `Bär` and `Bör`, in Latin-1.
  private func table(in folder: URL) throws -> String {
    var text = "label," + (0..<30).map { "\(1000 + 4 * $0)" }.joined(separator: ",") + "\n"
    for row in 0..<12 {
      let values = (0..<30).map { point in
        let peak = row.isMultiple(of: 2) && abs(point - 10) < 3 ? 1.0 : 0
        return "\(peak + 0.01 * Double((row * 7 + point * 3) % 11) + 0.1 * Double(point % 5))"
      }
      text +=
        (row.isMultiple(of: 2) ? "B\u{E4}r" : "B\u{F6}r") + ","
        + values.joined(separator: ",") + "\n"
    }
    let path = folder.appending(path: "spectra.csv")
    try #require(text.data(using: .isoLatin1)).write(to: path)
    return path.path(percentEncoded: false)
  }

  @Test func `a network is trained, and spectra are never written over`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = try table(in: folder)
    var workflow = TrainWorkflow(source: StudySource(paths: [table]))
    workflow.architecture = PositionalNetwork(channels: [4], kernels: [5])
    workflow.training.epochCount = 20
    workflow.validationShare = 0.3
    workflow.path = table
    let refused = workflow
    let before = try Data(contentsOf: URL(filePath: table))
    await #expect(throws: WorkflowError.self) { try await refused.run() }
    #expect(try Data(contentsOf: URL(filePath: table)) == before)
    workflow.path = folder.appending(path: "model.onnx").path(percentEncoded: false)
    let trained = try await workflow.run()
    #expect(trained.epochCount == 20 && trained.trainingCount + trained.validationCount == 12)
    let model = try ModelSettings(path: workflow.path).load()
    #expect(model.information.labels == ["B\u{E4}r", "B\u{F6}r"])
    #expect(!FileManager.default.fileExists(atPath: workflow.path + ".unfinished"))
  }
}
