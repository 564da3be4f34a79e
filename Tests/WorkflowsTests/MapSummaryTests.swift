import Explanations
import Foundation
import SpectralData
import Synchronization
import TensorCore
import TestSupport
import Testing
import Workflows

/// Summaries of many spectra, of a network whose map of `up` is the positive part divided by 20.
struct MapSummaryTests {
  private let folder: TemporaryFolder
  private let model: ModelSettings

  init() throws {
    folder = try TemporaryFolder()
    model = try folder.networkOfSpectra()
  }

  /// The value that spectrum `index` has everywhere: in turn above and below zero.
  private func level(_ index: Int) -> Float { (index % 2 == 0 ? 1 : -1) * Float(index + 1) }

  private func table(
    _ count: Int, labels: [String]? = nil, name: String = "spectra.csv"
  ) throws -> String {
    let axis = try SpectralAxis(from: 1000, through: 1190, count: 20, unit: .reciprocalCentimeter)
    let dataset = try SpectralDataset(
      axis: axis, rows: (0..<count).map { Array(repeating: level($0), count: 20) },
      metadata: labels.map { [SpectralDataset.MetadataColumn(name: "label", values: $0)] } ?? [])
    try SpectrumFormatCatalog.write(dataset, to: folder.path(name))
    return folder.path(name)
  }

  private func workflow(_ inputs: [String]) throws -> ExplainWorkflow {
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: model, inputs: inputs, methods: [try ChosenMethod("grad-cam")]))
    workflow.folder = folder.path("maps")
    return workflow
  }

  private func archive() throws -> NPZArchive {
    try NPZArchive(contentsOf: URL(fileURLWithPath: folder.path("maps/spectra-maps.npz")))
  }

  private static let names = [
    "spectra-maps.csv", "spectra-maps.json", "spectra-maps.npz", "spectra-maps.png",
    "spectra-maps.svg", "spectra-means.csv", "spectra-predictions.csv",
  ]

  @Test func `more than 24 spectra get one summary, and it is said`() async throws {
    let notes = Mutex<[String]>([])
    let result = try await workflow([table(26)]).run(
      WorkflowReporter(note: { note in notes.withLock { $0.append(note) } }))
    // The first spectrum of each class has a figure beside the summary.
    let examples = [
      "spectra-0-grad-cam-kept-top1-up.png", "spectra-1-grad-cam-kept-top1-down.png",
    ]
    #expect(folder.names(in: "maps") == examples + Self.names)
    #expect(notes.withLock { $0 }.contains { $0.contains("more than 24 spectra: one summary") })
    #expect(result.inputs.count == 26)
    #expect(result.inputs.map(\.row) == Array(0..<26))
    #expect(
      result.inputs.map { $0.explanations[0].files.count } == [1, 1]
        + Array(repeating: 0, count: 24)
    )
    let summary = try #require(result.summaries.first)
    #expect(summary.groups.map(\.name) == ["up", "down"])
    #expect(summary.groups.map(\.count) == [13, 13])
    #expect(
      Set(summary.files.map { URL(fileURLWithPath: $0).lastPathComponent }) == Set(Self.names))
    let stored = try JSONDecoder().decode(
      [MapSummary].self,
      from: Data(contentsOf: URL(fileURLWithPath: folder.path("maps/spectra-maps.json"))))
    #expect(stored == result.summaries)
  }

  @Test func `the arrays hold every map, its mean and its deviation`() async throws {
    _ = try await workflow([table(26)]).run()
    let archive = try archive()
    let maps = (0..<26).flatMap { Array(repeating: abs(level($0)) / 20, count: 20) }
    // One rounding of the division.
    expectClose(
      try archive["maps"], Tensor(shape: [26, 20], elements: maps), absolute: 0, relative: 1e-6)
    #expect(
      try archive["spectra"].elements == (0..<26).flatMap { Array(repeating: level($0), count: 20) }
    )
    #expect(try archive.file("axis").doubles == (0..<20).map { 1000 + 10 * Double($0) })
    #expect(
      try archive.file("explained").texts == (0..<26).map { $0 % 2 == 0 ? "up" : "down" })
    // Levels 1, 3 … 25 and 2, 4 … 26: mean 13 and 14, sample variance 4 · (13² − 1) / 12 · 13 / 12.
    let deviation = Float((4.0 * 168 / 12 * 13 / 12).squareRoot()) / 20
    let means: [Float] = [13.0 / 20, 14.0 / 20]
    expectClose(
      try archive["mean"],
      Tensor(shape: [2, 20], elements: means.flatMap { Array(repeating: $0, count: 20) }),
      absolute: 0, relative: 1e-6)
    expectClose(
      try archive["deviation"], Tensor(shape: [2, 20], repeating: deviation), absolute: 0,
      relative: 1e-5)
  }

  @Test func `of more maps than lines in a figure nothing is lost`() async throws {
    let count = 1300
    var workflow = try workflow([table(count)])
    workflow.formats = [.npz, .csv, .png]
    workflow.arrangement = .summary
    let result = try await workflow.run()
    #expect(result.inputs.count == count)
    let maps = try archive()["maps"]
    // One rounding of the division.
    expectClose(
      maps,
      Tensor(
        shape: [count, 20],
        elements: (0..<count).flatMap { Array(repeating: abs(level($0)) / 20, count: 20) }),
      absolute: 0, relative: 1e-6)
    let text = try String(
      contentsOfFile: folder.path("maps/spectra-predictions.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("file,row,predicted,") && lines[0].hasSuffix(" of down"))
    #expect(lines.count == count + 1)
    #expect(lines[1300].split(separator: ",")[1...2] == ["1299", "down"])
    // What waited in hidden files is gone with them.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("maps")).count == 5)
  }

  @Test func `the table of maps can be read as spectra`() async throws {
    _ = try await workflow([table(26)]).run()
    let read = try SpectrumFormatCatalog.read(folder.path("maps/spectra-maps.csv"))
    #expect(try read.rows.flatMap(\.self) == archive()["maps"].elements)
    #expect(read.axis.unit == .reciprocalCentimeter)
    #expect(read[column: "explained"]?.values.prefix(2) == ["up", "down"])
    let means = try String(contentsOfFile: folder.path("maps/spectra-means.csv"), encoding: .utf8)
    let lines = means.split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines[0] == "Wavenumber (cm⁻¹),up mean,up SD,down mean,down SD")
    let numbers = lines[1].split(separator: ",").compactMap { Float($0) }
    #expect(numbers[0] == 1000 && abs(numbers[1] - 0.65) < 1e-6 && abs(numbers[3] - 0.7) < 1e-6)
  }

  @Test func `groups are the true classes where the file says them`() async throws {
    var workflow = try workflow([table(6, labels: ["x", "x", "x", "y", "y", "y"])])
    workflow.arrangement = .summary
    let result = try await workflow.run()
    #expect(folder.names(in: "maps") == Self.names)
    let groups = try #require(result.summaries.first).groups
    #expect(groups.map(\.name) == ["x", "y"])
    #expect(groups.map(\.explained) == [["up": 2, "down": 1], ["up": 1, "down": 2]])
    // Of x, the levels are 1, −2 and 3.
    expectClose(
      try archive()["mean"].part(0), Tensor(shape: [20], repeating: 2.0 / 20), absolute: 0,
      relative: 1e-6)
  }

  @Test func `single files are written for few, on request, and for named formats`() async throws {
    let few = try await workflow([table(24)]).run()
    #expect(folder.names(in: "maps").count == 96)
    #expect(few.summaries.isEmpty)
    #expect(few.inputs.allSatisfy { $0.explanations[0].files.count == 4 })

    var each = try workflow([table(26)])
    each.folder = folder.path("each")
    each.arrangement = .each
    #expect(try await each.run().summaries.isEmpty)
    #expect(folder.names(in: "each").count == 104)

    var named = try workflow([table(26)])
    named.folder = folder.path("named")
    named.formats = [.csv]
    _ = try await named.run()
    #expect(folder.names(in: "named").count == 26)
    let text = try String(
      contentsOfFile: folder.path("named/" + folder.names(in: "named")[0]), encoding: .utf8)
    #expect(text.hasPrefix("Wavenumber (cm⁻¹),intensity,map\n1000.0,1.0,0.05\n1010.0,1.0,0.05\n"))

    var both = try workflow([table(2)])
    both.folder = folder.path("both")
    both.arrangement = .both
    both.formats = [.npz]
    #expect(try await both.run().summaries.count == 1)
    #expect(folder.names(in: "both").count == 3)
  }

  @Test func `several methods and targets share one archive`() async throws {
    var workflow = try workflow([table(3)])
    workflow.arrangement = .summary
    workflow.request.methods.append(try ChosenMethod("1d-grad-cam"))
    workflow.request.targets = ["up", "down"]
    let result = try await workflow.run()
    #expect(result.summaries.count == 4)
    let names = folder.names(in: "maps")
    #expect(names.filter { $0.hasSuffix(".npz") } == ["spectra-maps.npz"])
    #expect(names.filter { $0.hasSuffix(".png") }.count == 4)
    #expect(names.contains("spectra-1d-grad-cam-down-maps.csv"))
    let archive = try archive()
    let up = [Float(1), 0, 3].flatMap { Array(repeating: $0 / 20, count: 20) }
    expectClose(
      try archive["maps grad-cam-up"], Tensor(shape: [3, 20], elements: up), absolute: 1e-9,
      relative: 1e-6)
  }

  @Test func `spectra on different axes are summarized apart`() async throws {
    // Without an axis of its own, the network takes those of the files.
    let path = folder.path("bare.onnx")
    try TinyNetwork.writeSpectra(to: URL(fileURLWithPath: path))
    let axis = try SpectralAxis(from: 400, through: 780, count: 20, unit: .nanometer)
    let other = try SpectralDataset(
      axis: axis, rows: [Array(repeating: 1, count: 20)], names: ["n"])
    try SpectrumFormatCatalog.write(other, to: folder.path("other.csv"))
    var workflow = try workflow([table(2), folder.path("other.csv")])
    workflow.request.model = ModelSettings(path: path)
    workflow.arrangement = .summary
    let result = try await workflow.run()
    #expect(result.summaries.map(\.axisUnit) == ["cm-1", "nm"])
    #expect(result.summaries.map(\.count) == [2, 1])
    #expect(folder.names(in: "maps").contains("spectra-axis2-maps.npz"))
  }

  @Test func `a summary that other settings made is kept`() async throws {
    func run(
      _ rectified: String, _ formats: Set<ExplainWorkflow.Format>? = nil, count: Int = 3,
      force: Bool = false
    ) async throws {
      var workflow = try workflow([table(count)])
      workflow.arrangement = .summary
      workflow.formats = formats
      workflow.replacesFiles = force
      workflow.request.methods = [
        try ChosenMethod("grad-cam", settings: ["rectified": rectified])
      ]
      _ = try await workflow.run()
    }
    try await run("true")
    try await run("true")
    await #expect {
      try await run("false")
    } throws: {
      "\($0)".contains("settings rectified=true, not rectified=false; --force")
    }
    try await run("false", force: true)
    // Without the table of summaries only the same bytes are written again.
    try FileManager.default.removeItem(atPath: folder.path("maps/spectra-maps.json"))
    try await run("false", [.csv])
    await #expect {
      try await run("false", [.csv], count: 4)
    } throws: {
      "\($0)".contains("nothing tells which settings made it")
    }
  }

  @Test func `a spectrum that overflows is a failure and not in the summary`() async throws {
    let path = folder.path("large.csv")
    let header = (0..<20).map { "\(1000 + 10 * $0)" }.joined(separator: ",")
    let rows = [Float(1), 3e38, 2].map { value in
      Array(repeating: "\(value)", count: 20).joined(separator: ",")
    }
    try Data(([header] + rows).joined(separator: "\n").utf8)
      .write(to: URL(fileURLWithPath: path))
    var workflow = try workflow([path])
    workflow.arrangement = .summary
    let result = try await workflow.run()
    #expect(result.failures.count == 1)
    #expect(result.failures.first?.message.contains("row 1") == true)
    #expect(result.summaries.first?.count == 2)
  }

  @Test func `pictures have no summary`() async throws {
    let path = folder.path("pictures.onnx")
    try TinyNetwork.writePictures(to: URL(fileURLWithPath: path))
    _ = try folder.write("", to: "a.png")
    var workflow = try workflow([folder.path("a.png")])
    workflow.request.model = ModelSettings(path: path)
    for arrangement in [ExplainWorkflow.Arrangement.summary, .both] {
      workflow.arrangement = arrangement
      await #expect { try await workflow.run() } throws: { "\($0)".contains("one axis") }
    }
    workflow.arrangement = .automatic
    workflow.formats = [.csv, .svg]
    await #expect { try await workflow.run() } throws: { "\($0)".contains("for spectra") }
  }

  @Test func `only the first maps with nothing to show are named`() async throws {
    var workflow = try workflow([table(30)])
    workflow.request.targets = ["weights:-1,-1"]
    let warnings = Mutex<[String]>([])
    _ = try await workflow.run(
      WorkflowReporter(warning: { text in warnings.withLock { $0.append(text) } }))
    let texts = warnings.withLock { $0 }
    #expect(texts.count == 11)
    #expect(texts.last?.hasPrefix("20 more maps") == true)
  }
}
