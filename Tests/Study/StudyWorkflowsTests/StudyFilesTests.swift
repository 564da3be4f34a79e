import Chemometrics
import Explanations
import Foundation
import NetworkTraining
import SpectralData
import StudyEngine
import Synchronization
import Testing

@testable import StudyWorkflows
@testable import Workflows

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

  @Test func `several quantities share their divisions and have a folder each`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let positions = (0..<40).map { "\(1500 + 5 * $0)" }.joined(separator: ",")
    let lines = (0..<18).map { row in
      let (fat, water) = (Double(row * 7 % 18), Double(row * 5 % 18))
      let values = (0..<40).map { point -> String in
        let (left, right) = (Double(point - 10) / 3, Double(point - 30) / 3)
        let bands = (fat * exp(-left * left) + water * exp(-right * right)) / 18
        return String(format: "%.4f", bands + 0.01 * Double((row * point) % 5))
      }
      return "\(fat),\(water)," + values.joined(separator: ",")
    }
    let input = folder.appending(path: "meat.csv")
    try Data((["fat / %,water,\(positions)"] + lines).joined(separator: "\n").utf8).write(to: input)
    var source = StudySource(paths: [input.path(percentEncoded: false)])
    source.unit = .reciprocalCentimeter
    source.target = "fat / %,water"
    var workflow = StudyWorkflow(source: source)
    workflow.settings.architecture = PositionalNetwork(channels: [3], kernels: [5])
    workflow.settings.training.epochCount = 3
    workflow.settings.furtherMethods = []
    workflow.settings.validation = .folds(.init(foldCount: 2, repeatCount: 2, seed: 1))
    workflow.folder = folder.appending(path: "study").path(percentEncoded: false)
    let subjects = Mutex<Set<String>>([])
    let written = try await workflow.run { step in
      if let subject = step.subject { subjects.withLock { _ = $0.insert(subject) } }
    }
    #expect(subjects.withLock(\.self) == ["fat / %", "water"])
    #expect(written.results.map(\.data.quantity) == ["fat / %", "water"])
    #expect(written.results[0].outcome.splits == written.results[1].outcome.splits)
    #expect(written.results[0].outcome.splits.count == 4)
    let start = workflow.folder + "/"
    let names = written.files.map { String($0.dropFirst(start.count)) }
    #expect(names.first == "report.html")
    for name in ["quantities.csv", "fat/model.onnx", "water/model.onnx", "water/samples.csv"] {
      #expect(names.contains(name), "\(names)")
    }
    let table = try String(contentsOfFile: start + "quantities.csv", encoding: .utf8)
    #expect(
      table.split(separator: "\n").map { $0.split(separator: ",").prefix(2).joined() } == [
        "quantitymodel", "fat / %network", "fat / %pls", "waternetwork", "waterpls",
      ])
    let model = try ModelSettings(path: start + "water/model.onnx").load()
    #expect(model.information.targetName == "water" && model.output.name == "water")
  }

  @Test func `words of a command are quoted where a shell would read more into them`() {
    #expect(
      CommandText.line(["vitrine", "study", "a b.csv", "it's", "--axis", "1005:1868", "", "$x"])
        == "vitrine study 'a b.csv' 'it'\\''s' --axis 1005:1868 '' '$x'")
  }
}
