import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

private func decode(
  _ text: String, layout: CSVSpectrumFormat.Layout = .automatic, unit: AxisUnit? = nil
) throws -> SpectralDataset {
  try CSVSpectrumFormat(layout: layout, unit: unit).decode(Array(text.utf8))
}

private func error(_ text: String, unit: AxisUnit? = nil) -> SpectrumError? {
  #expect(throws: SpectrumError.self) { try decode(text, unit: unit) }
}

struct CSVSpectrumFormatTests {
  @Test func `rows carry positions in the first line and metadata in front`() throws {
    let data = try decode("sample,label,850,852.5,855\na,x,1,-2.5,3e-1\n\nb,\"y, z\",4,5,6\n")
    #expect(data.axis.positions == [850, 852.5, 855])
    #expect(data.axis.unit == .index)
    #expect(data.rows == [[1, -2.5, 0.3], [4, 5, 6]])
    #expect(data.names == ["a", "b"])
    #expect(data.labels == ["x", "y, z"])
    #expect(data.metadata.map(\.name) == ["sample", "label"])
    #expect(try data.spectrum(1).intensities == [4, 5, 6])
    #expect(throws: SpectrumError.self) { try data.spectrum(2) }
  }

  @Test func `columns carry positions first and names in the first line`() throws {
    let data = try decode("Wavelength (nm);first;second\n400;0,5;1\n410;0,25;-1,5e1\n")
    #expect(data.axis.positions == [400, 410])
    #expect(data.axis.unit == .nanometer)
    #expect(data.rows == [[0.5, 0.25], [1, -15]])
    #expect(data.names == ["first", "second"])
  }

  @Test func `a file of two columns needs no first line`() throws {
    let data = try decode("4000\t0.1\n3998\t0.2\n3996\t0.4\n", unit: .reciprocalCentimeter)
    #expect(data.axis.positions == [4000, 3998, 3996])
    #expect(data.axis.unit == .reciprocalCentimeter)
    #expect(data.rows == [[0.1, 0.2, 0.4]])
    #expect(data.names == nil)
  }

  @Test func `byte order mark, carriage returns and trailing delimiters do no harm`() throws {
    let data = try decode("\u{FEFF}name,1000,1001,\r\n\"a \"\"b\"\"\",1,2,\r\nc,3,4,")
    #expect(data.rows == [[1, 2], [3, 4]])
    #expect(data.names == ["a \"b\"", "c"])
  }

  @Test func `falling positions stay falling`() throws {
    #expect(try decode("name,30,20,10\na,1,2,3").axis.positions == [30, 20, 10])
  }

  @Test func `names that count the points give an index`() throws {
    let data = try decode("label,p0,p1,p2\na,1,2,3\nb,4,5,6")
    #expect(data.axis == SpectralAxis(indexCount: 3))
    #expect(try decode("id,p1,p2\n1,1,2\n2,4,5").axis == SpectralAxis(indexCount: 2))
  }

  @Test func `numbered spectra beside rising positions lie in columns`() throws {
    let data = try decode("x,s1,s2,s3\n1.5,1,2,3\n2.5,4,5,6")
    #expect(data.axis.positions == [1.5, 2.5])
    #expect(data.rows == [[1, 4], [2, 5], [3, 6]])
  }

  @Test(arguments: [
    ("label,850 nm,852 nm\na,1,2", AxisUnit.nanometer),
    ("wavenumber,850,852\na,1,2", .reciprocalCentimeter),
    ("Raman shift (cm-1),a\n850,1\n851,2", .ramanShift),
    ("cm-1,a\n850,1\n851,2", .reciprocalCentimeter),
    ("Wavelength (µm),a\n2.5,1\n2.6,2", .micrometer), ("label,X850,X852\na,1,2", .index),
    ("wavelength,a\n850,1\n851,2", .index),
  ])
  func `a unit is taken from explicit headers only`(text: String, unit: AxisUnit) throws {
    #expect(try decode(text).axis.unit == unit)
  }

  @Test func `the caller's unit fills in and contradictions are refused`() throws {
    #expect(try decode("label,850,852\na,1,2", unit: .nanometer).axis.unit == .nanometer)
    #expect(try decode("cm-1,a\n850,1\n851,2", unit: .ramanShift).axis.unit == .ramanShift)
    #expect(error("label,850 nm,852 nm\na,1,2", unit: .ramanShift)?.code == .invalidAxis)
  }

  @Test(arguments: ["inf", "abc", "1 000", "0x10", "1.2.3", "1e", "1e99", "--1", "<0.1"])
  func `a cell without a finite number is refused with its place`(cell: String) {
    let error = error("label,850,852,854\na,1,2,3\nb,1,\(cell),3")
    #expect(error?.code == .invalidCell)
    #expect(error?.line == 3 && error?.column == 3)
    #expect(error?.description.contains("line 3, column 3 (\"852\")") == true)
  }

  @Test(arguments: ["", " ", "NaN", "NA", "n.d.", "-", "?", "#N/A"])
  func `a single missing value lies on the line between its neighbors`(cell: String) throws {
    let rising = try decode("label,850,852,856\na,1,2,3\nb,1,\(cell),4")
    #expect(rising.rows == [[1, 2, 3], [1, 2, 4]])
    #expect(rising.notes.count == 1 && rising.labels == ["a", "b"])
    let falling = try decode("cm-1,a,b\n856,1,1\n852,\(cell),2\n850,4,4")
    #expect(falling.rows == [[1, 3, 4], [1, 2, 4]] && falling.notes.count == 1)
  }

  @Test func `ends that spectra lack are cut from all, longer gaps are refused`() throws {
    func table(_ missing: [Int]) -> String {
      let row = (0..<40).map { missing.contains($0) ? "NA" : "\($0)" }.joined(separator: ",")
      let whole = (0..<40).map { "\($0)" }.joined(separator: ",")
      let head = (0..<40).map { "\(600 + 2 * $0)" }.joined(separator: ",")
      return "label,\(head)\na,\(whole)\nb,\(row)\n"
    }
    let cut = try decode(table([0, 38, 39]))
    #expect(cut.axis.positions == (1..<38).map { 600 + 2 * Double($0) })
    #expect(cut.rows[0] == (1..<38).map(Float.init) && cut.rows[1] == cut.rows[0])
    #expect(cut.notes.count == 1)
    let two = try decode(table([5, 9]))
    #expect(two.rows[1] == (0..<40).map(Float.init) && two.notes.count == 1)
    for missing in [[5, 6], [0, 1, 2, 3, 4], Array(0..<40), [3, 5, 7, 9, 11]] {
      let error = error(table(missing))
      #expect(error?.code == .invalidCell && error?.line == 3, "\(missing)")
    }
    let empty = try decode(table([]).replacing(",20,", with: ",,").replacing(",21,", with: ",-,"))
    #expect(empty.axis.count == 38 && !empty.axis.positions.contains(640))
  }

  @Test func `one of many spectra that cannot be mended is left out`() throws {
    let head = (0..<40).map { "\(600 + 2 * $0)" }.joined(separator: ",")
    let rows = (0..<12).map { row in
      let cells = (0..<40).map { row == 4 && (7..<20).contains($0) ? "NA" : "\(row + $0)" }
      return "s\(row)," + cells.joined(separator: ",")
    }
    let data = try decode((["name," + head] + rows).joined(separator: "\n"))
    #expect(data.rows.count == 11 && data.axis.count == 40)
    #expect(data.names?[3...4] == ["s3", "s5"] && data.provenance?[4].record == 6)
    #expect(data.notes.count == 1 && data.notes[0].contains("line 6 is left out"))
  }

  @Test(arguments: [
    "class,\"600.0\",\"800.0\",\"1,000.0\",\"1,200.0\"", "class;600;800;1.000;1.200",
    "class;600,0;800,0;1.000,0;1.200,0", "class;600;800;1'000;1'200",
    "class;600 nm;800 nm;1\u{202F}000 nm;1\u{A0}200 nm",
    "class,X600,X800,\"X1,000\",\"X1,200\"",
  ])
  func `thousands may be marked where that gives an axis`(head: String) throws {
    let line = head.contains(";") ? "a;1;2;3;4" : "a,1,2,3,4"
    let data = try decode(head + "\n" + line)
    #expect(data.axis.positions == [600, 800, 1000, 1200])
    #expect(data.notes.count == 1 && data.metadata.map(\.name) == ["class"])
  }

  @Test(arguments: [
    "class,600,700,800,9.0.0", "class,6.0.0,700,800,900", "class;600 nm;700 nm;800 nm;9e nm",
    "class,600,700,800,\"10,00.0\"",
  ])
  func `a header that looks like a position but cannot be read is refused`(head: String) {
    let line = head.contains(";") ? "a;1;2;3;4" : "a,1,2,3,4"
    let error = error(head + "\n" + line)
    #expect(error?.line == 1 && error?.column != nil, "\(String(describing: error))")
  }

  @Test func `few repeated positions become one, many are refused`() throws {
    let data = try decode("label,600,602,602,604,606\na,1,2,4,5,6")
    #expect(data.axis.positions == [600, 602, 604, 606] && data.rows == [[1, 3, 5, 6]])
    #expect(data.notes.count == 1)
    #expect(error("label,600,600,602,602,604\na,1,2,4,5,6")?.code == .invalidAxis)
  }

  @Test func `pieces below each other are joined, spectra below each other are not`() throws {
    let first = (0..<30).map { "\(600 + $0)\t\($0)\n" }.joined()
    let second = (28..<50).map { "\(600 + $0)\t\($0 + 1)\n" }.joined()
    let data = try decode(first + second)
    #expect(data.axis.positions == (0..<50).map { 600 + Double($0) })
    let expected: [Float] = (0..<50).map { Float($0 < 30 ? $0 : $0 + 1) }
    #expect(data.rows[0] == expected)
    #expect(error(first + first)?.code == .invalidAxis)
  }

  @Test func `sixteen bits are text too`() throws {
    let text = "class;600 cm⁻¹;602 cm⁻¹\nPÉ;1;2\n"
    for isLow in [true, false] {
      let bytes =
        (isLow ? [0xFF, 0xFE] : [0xFE, 0xFF])
        + text.utf16.flatMap { unit -> [UInt8] in
          let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
          return isLow ? [low, high] : [high, low]
        }
      let data = try CSVSpectrumFormat().decode(bytes)
      #expect(data.labels == ["PÉ"] && data.axis.unit == .reciprocalCentimeter)
    }
  }

  @Test(arguments: [
    ("", SpectrumError.Code.malformedFile), ("\n \n", .malformedFile),
    ("label,850,852", .malformedFile), ("label,850,852\na,1", .malformedFile),
    ("label,850,852\na,1,2,3", .malformedFile), ("label,850,x,854,856\na,1,2,3,4", .malformedFile),
    ("label,850,852\n\"a,1,2\n", .malformedFile), ("label,850,852\n\"a\"b,1,2\n", .malformedFile),
    ("label,850,850\na,1,2", .invalidAxis), ("label,850,852,851\na,1,2,3", .invalidAxis),
    ("just text\nmore text", .malformedFile), ("a;b\n1,5;2.5\n2,5;3,5", .invalidCell),
    ("a\u{0}b", .malformedFile),
  ])
  func `what is no table of spectra is refused`(text: String, code: SpectrumError.Code) {
    #expect(error(text)?.code == code)
  }

  @Test func `numbers are read to the last digit`() throws {
    var text = "label"
    var expected: [Float] = []
    for index in 0..<200 { text += ",\(1000 + index)" }
    text += "\na"
    for index in 0..<200 {
      let value = Float(sin(Double(index) * 1.7) * pow(10, Double(index % 60 - 30)))
      expected.append(value)
      text += ",\(value)"
    }
    #expect(try decode(text).rows == [expected])
  }

  @Test func `files that cannot be read are named`() {
    for path in ["/nonexistent.csv", "/dev/zero", "/"] {
      let error = #expect(throws: SpectrumError.self) { try CSVSpectrumFormat().read(path) }
      #expect(error?.code == .unreadable && error?.description.hasPrefix(path) == true)
    }
  }
}

struct RealSpectraTests {
  private static let tables: [(String, Int, Int, Double, Double)] = [
    ("coffee-origin/coffee_origin", 60, 1841, 0, 1840),
    ("collagen-ftir/collagen", 731, 234, 902.561, 1801.26),
    ("corn-nir/corn_m5", 80, 700, 1100, 2498), ("ecoli-raman/ecoli_raman", 268, 810, 120, 3356),
    ("fermentation-raman/run_subset", 136, 1047, 428, 1833),
    ("fermentation-raman/train", 21, 1047, 428, 1833),
    ("olive-oil-ftir/olive_oil", 120, 570, 798.892, 1896.81),
    ("pork-fat-raman/pork_fat_raman", 105, 1889, 200.4, 1899.6),
    ("raman-biomolecules/spectra", 202, 1351, 450, 1800),
    ("tablets-nir/tablets_nir", 310, 404, 7398.34, 10507.3),
    ("tecator-nir/tecator", 240, 100, 850, 1050), ("ucr-food/Beef", 60, 470, 0, 469),
    ("ucr-food/Meat", 120, 448, 0, 447), ("ucr-food/Wine", 111, 234, 0, 233),
    ("wheat-nit/wheat_protein", 523, 100, 850, 1048),
    ("wheat-nit/column_scaler", 2, 100, 850, 1048),
  ]

  private static let texts = [
    "ftir-plastics/bands", "ftir-plastics/samples", "raman-biomolecules/peaks",
  ]

  @Test(.needsShared("data"), arguments: tables)
  func `real tables are read whole`(
    name: String, rows: Int, points: Int, first: Double, last: Double
  ) throws {
    let path = try #require(SharedData.path("data/spectra-\(name).csv"))
    let data = try CSVSpectrumFormat().read(path)
    #expect(data.rows.count == rows && data.axis.count == points)
    #expect(data.rows.allSatisfy { $0.count == points })
    let ends = data.axis.positions.first.map { [$0, data.axis.positions[points - 1]] }
    #expect(ends.map { abs($0[0] - first) < 0.01 && abs($0[1] - last) < 0.1 } == true, "\(ends)")
  }

  @Test(.needsShared("data"), arguments: texts)
  func `tables of text are refused with line and column`(name: String) throws {
    let path = try #require(SharedData.path("data/spectra-\(name).csv"))
    let error = #expect(throws: SpectrumError.self) { try CSVSpectrumFormat().read(path) }
    #expect(error?.line == 2 && error?.column != nil)
  }
}
