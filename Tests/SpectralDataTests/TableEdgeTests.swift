import Foundation
import TensorCore
import TestSupport
import Testing

@testable import SpectralData

/// Tables that are refused with a word, and columns that are places and times.
struct TableEdgeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a number in front of positions is told as what it may be`() throws {
    let text = "2023,600,608,616,624,632\n1,2,3,4,5,6\n"
    #expect {
      try CSVSpectrumFormat().decode(Array(text.utf8))
    } throws: {
      "\($0)".contains("\"2023\" is a number as the positions \"600\" … \"632\"")
        && "\($0)".contains("give it a name")
    }
    // Columns without a header stay what they are.
    let columns = "600,0.1,0.25\n608,0.2,0.3\n616,0.3,0.1\n"
    #expect(try CSVSpectrumFormat().decode(Array(columns.utf8)).axis.positions == [600, 608, 616])
  }

  @Test func `a table too wide for any spectrum is refused by its first line`() throws {
    let wide = String(repeating: "1,", count: WideTable.greatestCellCount) + "1\n"
    let path = try folder.write(wide + wide, to: "wide.csv")
    #expect {
      try SpectrumFormatCatalog.readAll(path)
    } throws: { "\($0)".contains("wide.csv: the first line has more than 300000 cells") }
    #expect(throws: SpectrumError.self) { try SpectrumFormatCatalog.readAll(path) }
  }

  @Test func `places and times are roles and no quantities`() throws {
    let head = "map x,map y,time s,fat,600,608,616,624\n"
    let lines = (0..<6).map {
      "\($0 % 3),\($0 / 3),\(Double($0 * $0) / 2),\(7 - $0 * ($0 % 2)),1,2,3,\($0)"
    }
    let data = try CSVSpectrumFormat().decode(Array((head + lines.joined(separator: "\n")).utf8))
    #expect(
      data.roles.across == "map x" && data.roles.down == "map y" && data.roles.time == "time s")
    #expect(data.roles.targets == ["fat"])
    #expect(data.places?.map(\.x) == [0, 1, 2, 0, 1, 2] && data.places?.first?.unit == nil)
    let named = head.replacing("map x", with: "X (µm)").replacing("map y", with: "Y (µm)")
    let lengths = try CSVSpectrumFormat().decode(
      Array((named + lines.joined(separator: "\n")).utf8))
    #expect(lengths.places?.first?.unit == "µm")
    // A line is no map, and "y" alone is a quantity.
    let line = try CSVSpectrumFormat().decode(
      Array(("x,y,600,608,616\n" + (0..<3).map { "\($0),1,1,2,3" }.joined(separator: "\n")).utf8))
    #expect(line.places == nil)
  }

  @Test func `positions of WITec's texts are read with their intensities only`() throws {
    let values = try folder.write("1\n2\n3\n", to: "a_Y-Axis.txt")
    let positions = try folder.write("600\n608\n616\n", to: "a_X-Axis.txt")
    let header = try folder.write("GraphName=a\nXAxisUnit=1/cm\n", to: "a_Header.txt")
    let alone = try folder.write("600\n", to: "b_X-Axis.txt")
    let all = [header, positions, values, alone]
    #expect(SpectrumFormatCatalog.withoutCompanions(all) == [values, alone])
    // Named alone, each stands for the spectrum.
    #expect(SpectrumFormatCatalog.withoutCompanions([positions]) == [positions])
    #expect(try SpectrumFormatCatalog.readAll(positions)[0].rows.elements == [1, 2, 3])
  }
}
