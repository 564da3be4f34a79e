import Foundation
import TestSupport
import Testing

/// What the command does with spectra.
struct SpectrumCommandTests {
  private let folder: TemporaryFolder
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    model = folder.path("spectra.onnx")
    try TinyNetwork.writeSpectra(to: URL(fileURLWithPath: model))
  }

  private func table(_ count: Int) throws -> String {
    let header = (["label"] + (0..<20).map { "\(900 + $0)" }).joined(separator: ",")
    let rows = (0..<count).map { row in
      let level = Double(row + 1) * (row % 2 == 0 ? 1 : -1)
      return (["\(row % 2 == 0 ? "a" : "b")"] + (0..<20).map { "\(level + Double($0) / 8)" })
        .joined(separator: ",")
    }
    return try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "table.csv")
  }

  private func explain(_ arguments: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.run(["explain", model] + arguments + ["-o", folder.path("maps")])
  }

  @Test func `few spectra get files each, many a summary`() throws {
    let few = try explain(table(2), "-q")
    // Four files each, and the bands of all.
    #expect(few.code == 0 && folder.names(in: "maps").count == 9)
    #expect(folder.names(in: "maps").contains { $0.hasSuffix("-bands.csv") })
    try FileManager.default.removeItem(atPath: folder.path("maps"))
    let many = try explain(table(25))
    #expect(many.code == 0)
    #expect(many.errors.contains("--each"))
    // The summary with its bands, and a figure of the first spectrum of each class.
    #expect(folder.names(in: "maps").count == 10)
    #expect(many.output.contains("25 spectra") && many.output.contains("table-maps.npz"))
    let each = try explain(table(25), "--each", "--formats", "npz", "-q")
    #expect(each.code == 0 && folder.names(in: "maps").count == 35)
  }

  @Test func `inspect shows what a file of spectra holds`() throws {
    let outcome = try CommandRunner.run(["inspect", table(4)])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("4 spectra of 20 points, 900 to 919 (no unit in the file)"))
    #expect(outcome.output.contains("column \"label\" (label): a, b, a…"))
    let text = try folder.write(
      ">>>>>Begin<<<<<\n500,5\t1\n501,5\t2\n502\t3,25\n>>>>>End\n", to: "a.txt")
    let json = try CommandRunner.run(["inspect", text, "--json"])
    #expect(json.output.contains("\"format\" : \"instrument-text\""))
    #expect(json.output.contains("\"unit\" : \"nm\""))
  }

  @Test func `averages are of classes in the table`() throws {
    let outcome = try explain(table(4), "--average", "-q")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(lines.contains { $0.prefix(3) == ["a", "2", "up"] })
    #expect(lines.contains { $0.prefix(3) == ["b", "2", "down"] })
    #expect(folder.names(in: "maps").contains("table-means.csv"))
  }

  @Test(arguments: ["snv", "savitzky-golay(window=5,order=2)|min-max", "none"])
  func `any steps that learn nothing can be named`(steps: String) throws {
    let outcome = try explain(table(1), "--preprocess", steps, "-q")
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(arguments: [
    ("snv,msc", "learns from training spectra"), ("magic", "there is no preprocessing"),
    ("savitzky-golay(window=4)", "odd"), ("savitzky-golay(width=5)", "window"),
  ])
  func `other steps are refused with what may be written`(steps: String, part: String) throws {
    let outcome = try explain(table(1), "--preprocess", steps, "-q")
    #expect(outcome.code != 0)
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(part), "\(outcome.errors)")
    #expect(folder.names(in: "maps").isEmpty)
  }

  @Test(arguments: ["explain", "predict", "compare"])
  func `help lists the steps and what they take`(command: String) throws {
    let outcome = try CommandRunner.run([command, "--help"])
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for part in ["snv(ddof)", "asls(lambda,p,iterations,tolerance)", "rubber-band"] {
      #expect(words.contains(part))
    }
    #expect(!words.contains("msc"))
  }
}
