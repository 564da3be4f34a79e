import Foundation
import ImageData
import TestSupport
import Testing

struct CommandTests {
  private let folder: TemporaryFolder
  private let pictures: String
  private let spectra: String
  private let picture: String

  init() throws {
    folder = try TemporaryFolder()
    pictures = folder.path("pictures.onnx")
    spectra = folder.path("spectra.onnx")
    picture = folder.path("red.png")
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: pictures))
    try TinyNetwork.writeSpectra(to: URL(fileURLWithPath: spectra))
    try Picture(width: 16, height: 16, pixels: (0..<256).flatMap { _ in [200, 50, 0] as [UInt8] })
      .writePNG(to: picture)
  }

  private func table(_ values: [String]) throws -> String {
    let header = values.indices.map { "\(900 + $0)" }.joined(separator: ",")
    return try folder.write(header + "\n" + values.joined(separator: ",") + "\n", to: "table.csv")
  }

  /// Expects one line of error that holds all parts, failure, and nothing written.
  private func expectRefusal(
    _ outcome: CommandRunner.Outcome, _ parts: String..., code: Int32 = 1,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.code == code, "\(outcome.errors)", sourceLocation: sourceLocation)
    let lines = outcome.errorLines.filter { $0.hasPrefix("vitrine: error: ") }
    #expect(lines.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(lines.first?.contains(part) == true, "\(lines)", sourceLocation: sourceLocation)
    }
    #expect(folder.names(in: "maps").isEmpty, sourceLocation: sourceLocation)
  }

  private func explain(_ arguments: String...) throws -> CommandRunner.Outcome {
    let all = ["explain"] + arguments + ["--quiet", "-o", folder.path("maps")]
    return try CommandRunner.run(all)
  }

  @Test(arguments: ["inspect", "predict", "explain", "compare", "export", "methods"])
  func helpOfEveryCommandHasAnExample(command: String) throws {
    let outcome = try CommandRunner.run([command, "--help"])
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("  vitrine "))
  }

  @Test func `the version is one line`() throws {
    let outcome = try CommandRunner.run(["--version"])
    #expect(outcome.code == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
  }

  @Test func `explaining writes figure, arrays and manifest`() throws {
    let outcome = try explain(pictures, picture)
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let stem = "red-grad-cam-kept-top1-red"
    #expect(folder.names(in: "maps") == ["json", "npz", "png"].map { "\(stem).\($0)" })
    #expect(throws: Never.self) {
      _ = try Picture(reading: folder.path("maps/\(stem).png"))
    }
  }

  @Test func `every document is JSON and nothing else`() throws {
    for arguments in [
      ["inspect", pictures, "--json"], ["methods", "--json"],
      ["predict", pictures, picture, "--json"],
      ["explain", pictures, picture, "--json", "-o", folder.path("maps")],
      ["export", pictures, "--json", "-o", folder.path("explainer.onnx")],
    ] {
      let outcome = try CommandRunner.run(arguments)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(throws: Never.self, "\(arguments)") {
        _ = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      }
    }
  }

  @Test func `the first class of a red picture is red`() throws {
    let outcome = try CommandRunner.run(["predict", pictures, picture, "--top", "1"])
    let line = try #require(outcome.output.split(separator: "\n").last)
    #expect(line.hasSuffix("red"))
  }

  @Test func `an exported explainer is a network that can be read`() throws {
    let file = folder.path("explainer.onnx")
    #expect(try CommandRunner.run(["export", pictures, "-o", file]).code == 0)
    let outcome = try CommandRunner.run(["inspect", file, "--all"])
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test func `unknown names get the nearest ones`() throws {
    try expectRefusal(explain(pictures, picture, "--layer", "kpt"), "kpt", "\"kept\"")
    try expectRefusal(explain(pictures, picture, "--target", "grene"), "\"green\"")
    try expectRefusal(explain(pictures, picture, "--target", "3"), "class 3")
    try expectRefusal(explain(pictures, picture, "--method", "grad-com"), "\"grad-cam\"")
    try expectRefusal(explain(pictures, picture, "--set", "nothing=1"), "nothing")
  }

  @Test func `bad spectra are refused with their place`() throws {
    var values = [String](repeating: "1", count: 20)
    try expectRefusal(explain(spectra, table(Array(values.dropLast()))), "19", "20")
    values[7] = "nan"
    values[8] = ""
    try expectRefusal(
      explain(spectra, table(values)), "table.csv", "line 2", "2 values are missing")
    values[8] = "inf"
    try expectRefusal(explain(spectra, table(values)), "table.csv", "line 2")
  }

  @Test func `a single missing value is filled in, and that is said`() throws {
    var values = [String](repeating: "1", count: 20)
    values[7] = "n.d."
    let outcome = try CommandRunner.run(
      ["explain", spectra, table(values), "-o", folder.path("maps")])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("1 single missing value in 1 spectrum"), "\(outcome.errors)")
  }

  @Test func `bad models are refused`() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: pictures))
    for (name, part) in [("half", bytes.count / 2), ("empty", 0), ("cut", bytes.count - 3)] {
      let path = folder.path("\(name).onnx")
      try bytes.prefix(part).write(to: URL(fileURLWithPath: path))
      try expectRefusal(explain(path, picture), "\(name).onnx")
    }
    try expectRefusal(explain(folder.path("missing.onnx"), picture), "missing.onnx", "no such file")
    try expectRefusal(explain(picture, picture), "red.png")
  }

  @Test func `bad pictures are refused`() throws {
    try expectRefusal(explain(pictures, folder.write("", to: "empty.png")), "empty.png")
    try expectRefusal(explain(pictures, folder.write("text", to: "text.png")), "text.png")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: picture))
    try bytes.prefix(bytes.count - 20).write(to: URL(fileURLWithPath: folder.path("cut.png")))
    try expectRefusal(explain(pictures, folder.path("cut.png")), "cut.png")
    try expectRefusal(explain(pictures, folder.path("missing.png")), "missing.png")
  }

  @Test func `inputs of the other kind are refused with what the network takes`() throws {
    try expectRefusal(explain(spectra, picture), "red.png", "CSV")
    try expectRefusal(explain(pictures, table(["1", "2", "3", "4"])), "table.csv", "PNG")
    try expectRefusal(explain(pictures, picture, "--formats", "svg"), "png")
  }

  @Test func `an output folder that cannot be made is refused`() throws {
    let outcome = try CommandRunner.run(
      ["explain", pictures, picture, "--quiet", "-o", picture + "/maps"])
    expectRefusal(outcome, "red.png/maps")
  }

  @Test func `wrong usage is told apart by its code`() throws {
    try expectRefusal(explain(pictures, picture, "--colors", "grey"), "turbo", code: 64)
    try expectRefusal(explain(pictures), "inputs", code: 64)
    try expectRefusal(explain(pictures, picture, "--precision", "int8"), "float32", code: 64)
  }

  @Test func `a bad input among good ones fails in the end only`() throws {
    let outcome = try explain(pictures, folder.path("missing.png"), picture)
    #expect(outcome.code == 1)
    #expect(outcome.errorLines.count == 1)
    #expect(folder.names(in: "maps").count == 3)
  }

  @Test func `a ledger is a table, and part of the manifest`() throws {
    let outcome = try explain(
      pictures, picture, "--method", "lrp", "--target", "red", "--ledger", "--formats", "json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("lrp, red, target relevance:"))
    #expect(lines.contains { $0.hasPrefix("layer") && $0.hasSuffix("bias-only units") })
    #expect(lines.contains("arrived: input 1"))
    let name = try #require(folder.names(in: "maps").first)
    let manifest = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: folder.path("maps/\(name)"))))
        as? [String: Any])
    let ledgers = try #require(manifest["ledgers"] as? [[String: Any]])
    #expect(ledgers.count == 1)
    #expect((ledgers[0]["rows"] as? [Any])?.count == 3)
  }

  @Test func `a ledger without relevance is refused`() throws {
    expectRefusal(try explain(pictures, picture, "--ledger"), "grad-cam does not propagate", "lrp")
  }

  @Test func `a composite with an unknown rule is refused`() throws {
    expectRefusal(
      try explain(
        pictures, picture, "--method", "lrp", "--set",
        #"composite={"convolution": {"rule": "gama"}}"#), "Did you mean \"gamma\"?")
  }
}
