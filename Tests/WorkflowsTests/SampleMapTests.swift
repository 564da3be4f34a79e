import Explanations
import Figures
import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

@testable import Workflows

/// Maps of samples, from files to figures.
struct SampleMapTests {
  private func places(_ xs: [Double], _ ys: [Double], unit: String? = nil) -> [MapPlace] {
    zip(xs, ys).map { MapPlace(x: $0, y: $1, unit: unit) }
  }

  @Test func `places that a stage reaches about exactly lie in rows and columns`() throws {
    let xs = [0, 6, 12, 0.0001, 6, 12.0002]
    let ys = [5.0, 5, 5, 9, 9.0001, 9]
    let counted = try #require(MapGrid(places(xs, ys)))
    #expect(counted.grid.rowCount == 2 && counted.grid.columnCount == 3)
    #expect(counted.cells == [0, 1, 2, 3, 4, 5])
    #expect(counted.grid.down.first == 5)
    // Lengths rise upward.
    let measured = try #require(MapGrid(places(xs, ys, unit: "µm")))
    #expect(measured.cells == [3, 4, 5, 0, 1, 2])
    #expect(abs(measured.grid.down.first - 9) < 1e-3 && measured.grid.unit == "µm")
  }

  @Test func `places that were left out leave cells empty, and scattered places are no map`() throws
  {
    let grid = try #require(MapGrid(places([0, 1, 3, 0, 3], [0, 0, 0, 1, 1])))
    #expect(grid.grid.columnCount == 4 && grid.cells == [0, 1, 3, 4, 7])
    #expect(MapGrid(places([0, 1, 2.4, 3.7, 9], [0, 1.3, 2.9, 3, 7.2])) == nil)
    #expect(MapGrid(places([0, 1, 2], [4, 4, 4])) == nil)
  }

  @Test func `a map gets a picture and no files of each spectrum`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("tiny.onnx")
    try TinyNetwork.writeSpectra(
      to: URL(fileURLWithPath: path),
      known: ["axis": (0..<20).map { 1000 + 10 * $0 }, "axis_unit": "cm-1"])
    let head = "map x,map y," + (0..<20).map { "\(1000 + 10 * $0)" }.joined(separator: ",")
    let lines = (0..<12).map { index in
      let value = index % 3 == 0 ? "1" : "-2"
      return "\(index % 4),\(index / 4),"
        + Array(repeating: value, count: 20).joined(separator: ",")
    }
    let table = try folder.write(([head] + lines).joined(separator: "\n"), to: "map.csv")
    var workflow = ExplainWorkflow(
      ExplanationRequest(
        model: ModelSettings(path: path), inputs: [table], methods: [try ChosenMethod("grad-cam")]))
    workflow.folder = folder.path("maps")
    let result = try await workflow.run()
    let names = folder.names(in: "maps")
    #expect(names.contains("map-map.png") && names.contains("map-map.svg"))
    #expect(names.contains("map-predictions.csv"))
    // One figure for each class beside the summary.
    #expect(names.count { $0.hasSuffix("up.png") || $0.hasSuffix("down.png") } == 2)
    let archive = try NPZArchive(contentsOf: URL(fileURLWithPath: folder.path("maps/map-maps.npz")))
    #expect(
      try archive["places"].elements == (0..<12).flatMap { [Float($0 % 4), Float($0 / 4)] })
    #expect(result.summaries.first?.files.contains { $0.hasSuffix("map-map.png") } == true)
  }
}
