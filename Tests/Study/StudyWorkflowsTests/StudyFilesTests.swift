import Chemometrics
import Foundation
import SpectralData
import SpectralLearning
import StudyEngine
import Synchronization
import Testing
import Workflows

@testable import StudyWorkflows

@Suite struct StudyFilesTests {
  /// Spectra of two classes that differ in one peak, as CSV.
  private static var table: String {
    let positions = (0..<48).map { 1500 + 5 * $0 }
    let rows = (0..<16).map { row in
      let values = positions.indices.map { point in
        let peak = row.isMultiple(of: 2) ? exp(-pow(Double(point - 30) / 3, 2)) : 0
        return String(
          format: "%.4f", sin(Double(point) / 6) + peak + 0.02 * Double((row * point) % 5))
      }
      return "\(row.isMultiple(of: 2) ? "with, <b>peak</b>" : "without"),"
        .replacing("with, <b>peak</b>", with: "\"with, <b>peak</b>\"")
        + values.joined(separator: ",")
    }
    return (["label," + positions.map { "\($0)" }.joined(separator: ",")] + rows)
      .joined(separator: "\n") + "\n"
  }

  @Test func `a study begins its files with a page that stands alone`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "peaks.csv")
    try Data(Self.table.utf8).write(to: input)
    var source = StudySource(paths: [input.path(percentEncoded: false)])
    source.unit = .reciprocalCentimeter
    var workflow = StudyWorkflow(source: source)
    workflow.settings.architecture = ThreeConvolutionNetwork(
      channels: [4, 4, 4], kernels: [5, 3, 3])
    workflow.settings.training.epochCount = 4
    workflow.settings.validation = .folds(.init(foldCount: 2, seed: 1))
    workflow.folder = folder.appending(path: "my study").path(percentEncoded: false)
    workflow.command = ["vitrine", "study", "my peaks.csv"]
    let told = Mutex<[SpectralStudy.Progress]>([])
    let written = try await workflow.run { progress in told.withLock { $0.append(progress) } }

    let steps = told.withLock(\.self)
    var stages: [SpectralStudy.Progress.Stage] = []
    for step in steps where stages.last != step.stage { stages.append(step.stage) }
    #expect(stages == [.validation, .training, .evidence, .writing])
    for stage in stages {
      let own = steps.filter { $0.stage == stage }
      #expect(own.allSatisfy { $0.done <= $0.total } && own.contains { $0.done > 1 }, "\(stage)")
    }
    let evidence = steps.filter { $0.stage == .evidence }
    #expect(evidence.last.map { $0.done == $0.total } == true)
    workflow.resumes = true
    let again = workflow
    await #expect { try await again.run() } throws: { "\($0)".contains("is finished, see") }

    #expect(written.files.first?.hasSuffix("my study/report.html") == true)
    for file in written.files {
      #expect(FileManager.default.fileExists(atPath: file), "\(file)")
    }
    let graphics = written.files.filter { $0.hasSuffix(".svg") }
    let pictures = written.files.filter { $0.hasSuffix(".png") }
    #expect(graphics.count >= 8 && graphics.count == pictures.count)
    #expect(graphics.allSatisfy { $0.contains("/figures/") })
    let page = try String(contentsOfFile: #require(written.files.first), encoding: .utf8)
    #expect(page.contains("vitrine study &#39;my peaks.csv&#39;"))
    #expect(page.contains("my study/model.onnx&#39; new.jdx"))
    #expect(page.contains("with, &lt;b&gt;peak&lt;/b&gt;") && !page.contains("<b>peak"))
    #expect(!page.contains("http:") && !page.contains("https:"))
    #expect(page.components(separatedBy: "<figure>").count - 1 == graphics.count)
  }

  @Test func `words of a command are quoted where a shell would read more into them`() {
    #expect(
      CommandText.line(["vitrine", "study", "a b.csv", "it's", "--axis", "1005:1868", "", "$x"])
        == "vitrine study 'a b.csv' 'it'\\''s' --axis 1005:1868 '' '$x'")
  }
}
