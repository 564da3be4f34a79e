import Explanations
import Foundation
import Synchronization
import TestSupport
import Testing
import Workflows

/// What is done with transmittance, absorbance and Raman shifts before a network.
struct SpectrumOrdinateTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Predicts a file whose values are equal everywhere; `known` is what the network says.
  private func predict(
    header: String, value: String, positions: [Double] = (0..<20).map { 1000 + 10 * Double($0) },
    known: [String: Any] = [:], information: ModelInformation = ModelInformation()
  ) async throws -> (result: PredictWorkflow.Result, notes: [String]) {
    let path = folder.path("tiny.onnx")
    let axis: [String: Any] = ["axis": (0..<20).map { 1000 + 10 * $0 }, "axis_unit": "cm-1"]
    try TinyNetwork.writeSpectra(
      to: URL(fileURLWithPath: path), known: axis.merging(known) { $1 })
    let lines = positions.map { "\($0),\(value)" }
    let file = try folder.write(([header] + lines).joined(separator: "\n"), to: "file.csv")
    var model = ModelSettings(path: path)
    model.overrides = information
    let notes = Mutex<[String]>([])
    let result = try await PredictWorkflow(model: model, inputs: [file], top: 1).run(
      WorkflowReporter(note: { text in notes.withLock { $0.append(text) } }))
    return (result, notes.withLock(\.self))
  }

  @Test func `transmittance becomes the absorbance that a network takes`() async throws {
    for (header, value) in [("cm-1,Transmittance", "0.01"), ("cm-1,%T", "1"), ("cm-1,a", "2")] {
      let (result, notes) = try await predict(
        header: header, value: value, known: ["ordinate": "absorbance"])
      let score = try #require(result.predictions.first?.top.first?.score)
      #expect(abs(score - 2) < 1e-5 && result.failures.isEmpty)
      #expect(notes.contains { $0.contains("converted") } == (value != "2"), "\(notes)")
    }
  }

  @Test func `transmittance is refused where the network does not say, until the user does`()
    async throws
  {
    let (refused, _) = try await predict(header: "cm-1,Transmittance", value: "0.01")
    #expect(refused.predictions.isEmpty)
    #expect(refused.failures.first?.message.contains("--ordinate absorbance") == true)
    var information = ModelInformation()
    information.ordinate = "absorbance"
    let (told, _) = try await predict(
      header: "cm-1,Transmittance", value: "0.01", information: information)
    #expect(told.predictions.first?.top.first.map { abs($0.score - 2) < 1e-5 } == true)
    let (plain, _) = try await predict(header: "cm-1,Absorbance", value: "2")
    #expect(plain.predictions.first?.top.first?.score == 2)
  }

  @Test func `what cannot be converted is refused`() async throws {
    let (result, _) = try await predict(
      header: "cm-1,Reflectance", value: "0.5", known: ["ordinate": "absorbance"])
    #expect(result.failures.first?.message.contains("reflectance") == true)
    #expect(result.predictions.isEmpty)
  }

  @Test func `a laser brings wavelengths to Raman shifts`() async throws {
    let laser = 1e7 / 785
    let shifts: [Double] = (0..<20).map { 1000 + 10 * Double($0) }
    let positions = shifts.map { shift -> Double in 1e7 / (laser - shift) }
    let raman: [String: Any] = ["axis_unit": "raman"]
    let (refused, _) = try await predict(
      header: "nm,a", value: "2", positions: positions, known: raman)
    #expect(refused.failures.first?.message.contains("--laser") == true)
    var information = ModelInformation()
    information.laserWavelength = 785
    let (told, _) = try await predict(
      header: "nm,a", value: "2", positions: positions, known: raman, information: information)
    #expect(told.predictions.first?.top.first?.score == 2, "\(told.failures)")
  }
}
