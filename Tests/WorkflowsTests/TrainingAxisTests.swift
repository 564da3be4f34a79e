import Explanations
import Foundation
import SpectralData
import Synchronization
import TensorCore
import TestSupport
import Testing
import Workflows

/// Spectra on other axes than that of the training spectra, 1000, 1010 … 1190 cm⁻¹.
struct TrainingAxisTests {
  private let folder: TemporaryFolder
  private static let positions = (0..<20).map { 1000 + 10 * Double($0) }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func model(
    _ known: [String: Any] = ["axis": positions, "axis_unit": "cm-1"]
  ) throws -> ModelSettings {
    let path = folder.path("tiny.onnx")
    try TinyNetwork.writeSpectra(to: URL(fileURLWithPath: path), known: known)
    return ModelSettings(path: path)
  }

  /// A file with a spectrum that is a thousandth of the wavenumber at every position.
  private func ramp(
    at wavenumbers: [Double], in unit: AxisUnit = .reciprocalCentimeter
  ) throws -> String {
    let axis = try SpectralAxis(positions: wavenumbers, unit: .reciprocalCentimeter)
    let dataset = try SpectralDataset(
      axis: axis, rows: [wavenumbers.map { Float($0 / 1000) }], names: ["ramp"])
    let path = folder.path("ramp.csv")
    try SpectrumFormatCatalog.write(
      unit == .ramanShift
        ? dataset.with(
          axis: SpectralAxis(positions: wavenumbers, unit: .ramanShift), rows: dataset.rows)
        : dataset.converted(to: unit), to: path)
    return path
  }

  private func run(
    _ path: String, _ model: ModelSettings, unit: AxisUnit? = nil
  ) async throws -> (result: PredictWorkflow.Result, notes: [String]) {
    let notes = Mutex<[String]>([])
    let result = try await PredictWorkflow(model: model, inputs: [path], top: 2, unit: unit).run(
      WorkflowReporter(note: { note in notes.withLock { $0.append(note) } }))
    return (result, notes.withLock { $0 })
  }

  /// The mean of the ramp at the positions of the training spectra.
  private func expectMean(_ result: PredictWorkflow.Result, _ mean: Float = 1.095) throws {
    #expect(result.failures.isEmpty)
    let score = try #require(result.predictions.first).top[0].score
    // Single precision through a sum of twenty.
    #expect(abs(score - mean) < 1e-5)
  }

  @Test(arguments: [AxisUnit.reciprocalCentimeter, .nanometer, .micrometer])
  func `other positions are interpolated, in whatever unit, and it is said`(
    unit: AxisUnit
  ) async throws {
    let path = try ramp(at: (0..<140).map { 900.5 + 3 * Double($0) }, in: unit)
    let (result, notes) = try await run(path, model())
    try expectMean(result)
    let note = try #require(notes.first { $0.contains("interpolated") })
    for part in ["140 points from 900.5 to 1317.5", "20 points from 1000 to 1190", "ramp.csv"] {
      #expect(note.contains(part), "\(note)")
    }
  }

  @Test func `positions that only lie in another order or among others are picked`() async throws {
    for wavenumbers in [Self.positions.reversed(), (0..<81).map { 900 + 5 * Double($0) }] {
      let (result, notes) = try await run(ramp(at: wavenumbers), model())
      try expectMean(result)
      #expect(!notes.contains { $0.contains("interpolated") })
    }
  }

  @Test func `half a step may be missing at the ends, and no more`() async throws {
    let near = try await run(ramp(at: (0..<20).map { 1004 + 10 * Double($0) }), model())
    // The first value stands for 1000 too.
    try expectMean(near.result, (1.004 + (1.01 + 1.19) / 2 * 19) / 20)
    let far = try await run(ramp(at: (0..<20).map { 1006 + 10 * Double($0) }), model())
    #expect(far.result.predictions.isEmpty)
    let message = try #require(far.result.failures.first?.message)
    for part in ["ramp.csv", "1006 to 1196", "1000 to 1190", "cover"] {
      #expect(message.contains(part), "\(message)")
    }
  }

  @Test func `coarse spectra are pointed out`() async throws {
    let path = try ramp(at: (0..<12).map { 990 + 20 * Double($0) })
    let (result, notes) = try await run(path, model())
    try expectMean(result)
    #expect(notes.contains { $0.contains("2 times as coarsely") })
  }

  @Test func `a file without positions takes those of the network if it has as many`() async throws
  {
    let plain = Tensor(shape: [2, 20], elements: (0..<40).map { Float($0) })
    let table = folder.path("plain.npy")
    try Data(NPYFile.bytes(of: plain)).write(to: URL(fileURLWithPath: table))
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: try model(), inputs: [table], methods: [try ChosenMethod("grad-cam")]))
    workflow.folder = folder.path("maps")
    workflow.formats = [.svg]
    let result = try await workflow.run()
    #expect(result.failures.isEmpty)
    let name = try #require(folder.names(in: "maps").first)
    let graphic = try String(contentsOfFile: folder.path("maps/" + name), encoding: .utf8)
    #expect(graphic.contains("Wavenumber (cm⁻¹)"))

    let short = folder.path("short.npy")
    try Data(NPYFile.bytes(of: plain.reshaped(to: [4, 10])))
      .write(to: URL(fileURLWithPath: short))
    let refused = try await run(short, model())
    let message = try #require(refused.result.failures.first?.message)
    #expect(message.contains("10 points") && message.contains("20"))
  }

  @Test func `a Raman shift and an infrared wavenumber are told apart`() async throws {
    let raman = try ramp(at: Self.positions, in: .ramanShift)
    let refused = try await run(raman, model()).result
    #expect(refused.failures.first?.message.contains("Raman shift") == true)
    // A bare cm⁻¹ in the file may be either.
    let bare = try ramp(at: Self.positions)
    try expectMean(
      await run(bare, model(["axis": Self.positions, "axis_unit": "raman"])).result)
  }

  @Test func `an axis whose unit nobody knows is that of the file`() async throws {
    let path = try ramp(at: (0..<140).map { 900.5 + 3 * Double($0) })
    try expectMean(await run(path, model(["axis": Self.positions])).result)
  }

  @Test func `an axis that does not fit the network is left aside, and it is said`() async throws {
    let (result, notes) = try await run(ramp(at: Self.positions), model(["axis": [1, 2, 3]]))
    try expectMean(result)
    #expect(notes.contains { $0.contains("3 positions") && $0.contains("left aside") })
  }

  @Test func `files on different axes are explained together`() async throws {
    let first = try ramp(at: Self.positions)
    try FileManager.default.moveItem(atPath: first, toPath: folder.path("first.csv"))
    let second = try ramp(at: (0..<140).map { 900.5 + 3 * Double($0) }, in: .nanometer)
    let result = try await PredictWorkflow(
      model: model(), inputs: [folder.path("first.csv"), second], top: 1
    ).run()
    #expect(result.failures.isEmpty)
    #expect(result.predictions.allSatisfy { abs($0.top[0].score - 1.095) < 1e-5 })
    #expect(result.predictions.count == 2)
  }
}
