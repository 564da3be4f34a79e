import Explanations
import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing
import Workflows

/// Files of every format as inputs, by name and from a folder.
struct SpectrumFileTests {
  private let folder: TemporaryFolder
  private let model: ModelSettings

  init() throws {
    folder = try TemporaryFolder()
    model = try folder.networkOfSpectra()
  }

  /// Formats that only instruments write; `InstrumentFileTests` reads them.
  private static let formatsOfInstruments: Set = [
    "xlsx", "opus", "wdf", "omnic", "perkin-elmer", "matlab", "envi", "instrument-text",
  ]

  /// A Galactic SPC file of one spectrum of floating-point numbers from 1000 to 1190 cm⁻¹.
  private static func galacticFile(_ values: [Float]) -> Data {
    func little(_ bits: UInt64, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }
    let parts: [(Int, [UInt8])] = [
      (1, [0x4B]), (3, [0x80]), (4, little(UInt64(values.count), 4)),
      (8, little((1000.0).bitPattern, 8)), (16, little((1190.0).bitPattern, 8)),
      (24, little(1, 4)), (28, [1]), (512 + 1, [0x80]),
    ]
    var bytes = [UInt8](repeating: 0, count: 512 + 32)
    for (offset, part) in parts { bytes.replaceSubrange(offset..<offset + part.count, with: part) }
    return Data(bytes + values.flatMap { little(UInt64($0.bitPattern), 4) })
  }

  /// One file of every format but those of instruments; each spectrum is 2 everywhere.
  private func writeFiles() throws -> [String] {
    let inputs = folder.path("inputs/")
    try FileManager.default.createDirectory(atPath: inputs, withIntermediateDirectories: true)
    let row = [Float](repeating: 2, count: 20)
    let axis = try SpectralAxis(from: 1000, through: 1190, count: 20, unit: .reciprocalCentimeter)
    let dataset = try SpectralDataset(axis: axis, rows: [row], names: ["two"])
    let written = ["a.csv", "b.jdx", "c.dx", "d.npz"]
    for name in written { try SpectrumFormatCatalog.write(dataset, to: inputs + name) }
    try Self.galacticFile(row).write(to: URL(fileURLWithPath: inputs + "e.spc"))
    try Data(NPYFile.bytes(of: Tensor(shape: [1, 20], elements: row)))
      .write(to: URL(fileURLWithPath: inputs + "f.npy"))
    let numbers = row.map { "\($0)" }
    _ = try folder.write(
      "@problemName two\n@timestamps false\n@univariate true\n@classLabel true up down\n@data\n"
        + numbers.joined(separator: ",") + ":up\n", to: "inputs/g.ts")
    _ = try folder.write(
      (0..<3).map { _ in (["1"] + numbers).joined(separator: "\t") }.joined(separator: "\n"),
      to: "inputs/h.tsv")
    return written + ["e.spc", "f.npy", "g.ts", "h.tsv"]
  }

  @Test func `a folder stands for its files of every format`() async throws {
    let names = try writeFiles()
    let result = try await PredictWorkflow(model: model, inputs: [folder.path("inputs")], top: 1)
      .run()
    #expect(result.failures.isEmpty)
    let read = result.predictions.map { URL(fileURLWithPath: $0.input).lastPathComponent }
    #expect(read == names + ["h.tsv", "h.tsv"])
    #expect(result.predictions.allSatisfy { $0.top[0].label == "up" && $0.top[0].score == 2 })
    let suffixes = Set(names.compactMap { $0.split(separator: ".").last.map(String.init) })
    let others = SpectrumFormatCatalog.entries.filter { suffixes.isDisjoint(with: $0.suffixes) }
    #expect(Set(others.map(\.id)) == Self.formatsOfInstruments)
  }

  @Test func `every format is explained and compared`() async throws {
    let names = try writeFiles()
    let inputs = names.map { folder.path("inputs/" + $0) }
    var explain = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: inputs, methods: [try ChosenMethod("grad-cam")]))
    explain.folder = folder.path("maps")
    explain.formats = [.npz]
    let explained = try await explain.run()
    #expect(explained.failures.isEmpty)
    #expect(folder.names(in: "maps").count == names.count + 2)
    var compare = CompareWorkflow(
      ExplanationRequest(
        model: model, inputs: inputs, methods: [try ChosenMethod("grad-cam")]))
    compare.folder = folder.path("figures")
    let compared = try await compare.run()
    #expect(compared.failures.isEmpty)
    #expect(compared.inputs.count == names.count + 2)
  }

  @Test func `spectra of several axes in one file are counted on`() async throws {
    let narrow = (0..<20).map { "\(1000 + 10 * $0), 2" }.joined(separator: "\n")
    let wide = (0..<40).map { "\(990 + 6 * $0), 3" }.joined(separator: "\n")
    let block = { (points: String) in
      "##TITLE=part\n##JCAMP-DX=4.24\n##DATA TYPE=INFRARED SPECTRUM\n##XUNITS=1/CM\n"
        + "##YUNITS=ABSORBANCE\n##XYPOINTS=(XY..XY)\n\(points)\n##END=\n"
    }
    let path = try folder.write(
      "##TITLE=two\n##JCAMP-DX=4.24\n##DATA TYPE=LINK\n##BLOCKS=2\n" + block(narrow) + block(wide)
        + "##END=\n", to: "linked.jdx")
    let result = try await PredictWorkflow(model: model, inputs: [path], top: 1).run()
    #expect(result.failures.isEmpty)
    #expect(result.predictions.map(\.row) == [0, 1])
    #expect(result.predictions.map { $0.top[0].score } == [2, 3])
  }
}
