import Foundation
import ImageData
import TestSupport
import Testing

struct CompareCommandTests {
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

  private func compare(_ arguments: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.run(
      ["compare", network, picture, "-o", folder.path("figures")] + arguments)
  }

  @Test(arguments: [
    (["--methods", "grad-cam,grad-com"], 1, "\"grad-cam\""),
    (["--layers", "kpt"], 1, "\"kept\""),
    (["--layers", "all,nowhere"], 1, "nowhere"),
    (["--target", "grene"], 1, "\"green\""),
    (["--map-scale", "row"], 64, "'cell' and 'shared'"),
    (["--colors", "gray"], 64, "turbo"),
    (["--batch", "0"], 64, "--batch"),
    (["--set", "nothing=1"], 1, "nothing"),
    (["--set", "nothing"], 64, "name=value"),
  ])
  func wrongArgumentsAreRefusedInOneLine(
    arguments: [String], code: Int, part: String
  ) throws {
    let outcome = try CommandRunner.run(
      ["compare", network, picture, "--quiet", "-o", folder.path("figures")] + arguments)
    #expect(outcome.code == Int32(code), "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(part), "\(outcome.errors)")
    #expect(outcome.output.isEmpty && folder.names(in: "figures").isEmpty)
  }

  @Test func `the document lists files and the range of every map`() throws {
    let outcome = try compare(
      "--json", "--methods", "grad-cam, hires-cam", "--methods", "gradient", "--target", "red",
      "--target", "blue")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(Set(document.keys) == ["model", "scale", "inputs", "failures"])
    #expect(document["scale"] as? String == "cell")
    let input = try #require((document["inputs"] as? [[String: Any]])?.first)
    #expect(Set(input.keys) == ["input", "top", "files", "cells"])
    let files = try #require(input["files"] as? [String])
    #expect(files.allSatisfy { FileManager.default.fileExists(atPath: $0) })
    let cells = try #require(input["cells"] as? [[String: Any]])
    #expect(cells.count == 6)
    let always: Set = [
      "method", "target", "explainedScore", "grid", "minimum", "maximum",
      "positiveShare", "isEmpty",
    ]
    for cell in cells {
      let looksAtInput = cell["method"] as? String == "gradient"
      #expect(Set(cell.keys) == (looksAtInput ? always : always.union(["layer"])))
    }
    #expect(cells.map { $0["isEmpty"] as? Bool } == [false, true, false, true, false, true])
  }

  @Test func `a bad input among good ones fails in the end only`() throws {
    let outcome = try compare(folder.path("missing.png"), "--quiet")
    // Warnings about maps without anything to show are no errors.
    #expect(outcome.code == 1 && outcome.errorLines.filter { $0.contains("error:") }.count == 1)
    #expect(folder.names(in: "figures") == ["red-compare-top1-red.png"])
    #expect(outcome.output.contains("3 maps") && outcome.output.contains("red-compare"))
  }

  @Test func `a method stands beside itself with other settings`() throws {
    let methods = "grad-cam:rectified=false,grad-cam,relevance-map:contrast=plain:form=gated"
    let outcome = try CommandRunner.run([
      "explain", network, picture, "-m", methods, "--quiet", "-o", folder.path("maps"),
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let names = folder.names(in: "maps").filter { $0.hasSuffix(".png") }
    #expect(names.count == 3)
    #expect(names.filter { $0.contains("rectified") }.count == 1, "\(names)")
    #expect(names.filter { $0.contains("contrast") }.isEmpty, "\(names)")
    for (wrong, part) in [("grad-cam:nothing=1", "nothing"), ("grad-cam:rectified", "name=value")] {
      let refused = try CommandRunner.run(["explain", network, picture, "-m", wrong])
      #expect(refused.code != 0 && refused.errors.contains(part), "\(refused.errors)")
    }
  }
}
