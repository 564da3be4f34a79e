import Foundation
import ImageData
import TestSupport
import Testing

/// What is known about inputs and outputs, and what is said about it.
struct KnowledgeCommandTests {
  private let folder: TemporaryFolder
  private let network: String
  private let picture: String

  init() throws {
    folder = try TemporaryFolder()
    network = folder.path("pictures.onnx")
    picture = folder.path("red.png")
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: network))
    try Picture(width: 16, height: 16, pixels: (0..<256).flatMap { _ in [200, 50, 0] as [UInt8] })
      .writePNG(to: picture)
  }

  private func predict(_ arguments: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.run(["predict", network, picture] + arguments)
  }

  @Test func `labels are as many as scores, or a first one is left out`() throws {
    let labels = try folder.write("name\nr\ng\nb\n", to: "names.txt")
    let refused = try predict("--labels", labels)
    #expect(refused.code == 1 && refused.errors.contains("4 labels and 3 scores"))
    #expect(refused.errors.contains("--labels-skip-first"))
    let taken = try predict("--labels", labels, "--labels-skip-first", "--top", "1")
    #expect(taken.code == 0 && taken.output.hasSuffix("r\n"), "\(taken.errors)")
    let many = try predict("--labels", "imagenet")
    #expect(many.code == 1 && many.errors.contains("1000 labels and 3 scores"))
    #expect(try predict("--labels", "imagenett").errors.contains("\"imagenet\""))
  }

  @Test func `what is assumed is said even when all else is quiet`() throws {
    let known = try CommandRunner.run(["predict", network, picture, "--quiet"])
    #expect(known.errors.isEmpty)
    let other = folder.path("unknown.onnx")
    try FileManager.default.copyItem(atPath: network, toPath: other)
    _ = try folder.write(#"{"preset": "tf"}"#, to: "unknown.json")
    let outcome = try CommandRunner.run(["inspect", other])
    #expect(outcome.output.contains("preset tf (unknown.json)"), "\(outcome.output)")
  }

  @Test func `presets are set side by side`() throws {
    let outcome = try predict("--presets")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("(known)") && $0.contains("red") })
    #expect(lines.contains { $0.hasPrefix("caffe") && $0.contains("blue") })
    let wrong = try predict("--preset", "caff")
    #expect(wrong.code != 0 && wrong.errors.contains("\"caffe\""))
  }

  @Test func `methods are a table, and one method says when to use it`() throws {
    let table = try CommandRunner.run(["methods"]).output.split(separator: "\n").map(String.init)
    #expect(table.first?.hasPrefix("method") == true)
    #expect(table.contains { $0.hasPrefix("score-cam") && $0.contains("once a channel") })
    let one = try CommandRunner.run(["methods", "layer-cam"])
    #expect(
      one.output.contains("early and middle layers") && one.output.contains("--set rectified"))
    let none = try CommandRunner.run(["methods", "layercam"])
    #expect(none.code == 1 && none.errors.contains("\"layer-cam\""))
  }

  @Test func `all methods are those that fit`() throws {
    let outcome = try CommandRunner.run([
      "compare", network, picture, "--methods", "all", "--set", "masks=20", "--set", "samples=2",
      "-o", folder.path("maps"),
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("runs the network on"))
  }

  @Test func `settings that no machine can follow are refused beforehand`() throws {
    let threads = try predict("--threads", "100000")
    #expect(threads.code == 1 && threads.errors.contains("100000 threads: give 1…"))
    let layer = try CommandRunner.run(["explain", network, picture, "--layer", "every"])
    #expect(layer.code == 1 && layer.errors.contains("\"all\" stands for each"))
  }

  @Test func `maps of other settings are replaced by force only`() throws {
    func explain(_ arguments: String...) throws -> CommandRunner.Outcome {
      try CommandRunner.run(["explain", network, picture, "-o", folder.path("maps")] + arguments)
    }
    #expect(try explain().code == 0)
    #expect(try explain().code == 0)
    let refused = try explain("--set", "rectified=false")
    #expect(refused.code == 1 && refused.errors.contains("--force"))
    #expect(try explain("--set", "rectified=false", "--force").code == 0)
  }
}
