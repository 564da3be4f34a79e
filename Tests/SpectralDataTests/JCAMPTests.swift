import Foundation
import SpectralData
import TensorCore
import Testing

/// A block of ten points at 1, 2… with some lines of data.
private func file(
  _ lines: String, form: String = "(X++(Y..Y))", points: Int = 10, extra: String = ""
) -> String {
  """
  ##TITLE= ten points $$ a comment
  ##JCAMP-DX= 4.24
  ##DATATYPE= INFRARED SPECTRUM
  ##xunits= 1/CM
  ##Y_UNITS= ABSORBANCE
  ##XFACTOR= 1.0
  ##YFACTOR= 0.5
  ##FIRSTX= 1
  ##LASTX= \(points)
  ##NPOINTS= \(points)
  \(extra)
  ##XYDATA= \(form)
  \(lines)
  ##END=

  """
}

private func decode(_ text: String) throws -> [SpectralDataset] {
  try JCAMPSpectrumFormat.decode(Array(text.utf8))
}

private func error(_ text: String) -> SpectrumError? {
  #expect(throws: SpectrumError.self) { try decode(text) }
}

struct JCAMPTests {
  // 1 2 3 3 2 1 0 -1 -2 -3 in every form of the definition.
  @Test(arguments: [
    "1 1 2 3 3 2 1 0 -1 -2 -3", "1+1+2+3+3+2+1+0-1-2-3", "1ABCCBA@abc", "1AJJ%jjjjjj",
    "1AJT%jX", "1AJT%jU\n7@jjj\n10c", "1 1 2 3 3 2\n6 1 0 -1 -2 -3",
    "1A B C C B A @ a b c $$ squeezed",
    "1AJT%jX\n10@",
    "1, 1.0, 2.0E0, 3, 3, 2, 1E+0, 0, -10E-1, -2, -3.",
  ])
  func `every form of ordinates gives the same values`(lines: String) throws {
    let data = try #require(try decode(file(lines)).first)
    #expect(data.rows == [[0.5, 1, 1.5, 1.5, 1, 0.5, 0, -0.5, -1, -1.5]])
    #expect(data.axis.positions == (1...10).map(Double.init))
    #expect(data.axis.unit == .reciprocalCentimeter)
    #expect(data.names == ["ten points"])
    #expect(data.provenance?[0].fields["YUNITS"] == "ABSORBANCE")
  }

  @Test func `numbers of several digits are squeezed`() throws {
    // 4000, +25, -130, +0 twice, then 57 anew and -8.
    let data = try decode(file("1D000K5j30%TE7q", points: 7))
    #expect(data[0].rows == [[2000, 2012.5, 1947.5, 1947.5, 1947.5, 28.5, 24.5]])
    // Eleven, eight times in all, then a difference of nothing.
    let repeated = try decode(file("1A1Z%", points: 9))
    #expect(repeated[0].rows == [[Float](repeating: 5.5, count: 9)])
    let negative = try decode(file("1e7h", points: 2))
    #expect(negative[0].rows == [[-28.5, -4]])
  }

  @Test func `pairs, factors and unsorted line breaks are read`() throws {
    let text = file(
      "10, 2; 20, 4\n30 6,40\n-8E0", form: "(XY..XY)", points: 4,
      extra: "##XFACTOR= 9")
    let data = try decode(text.replacing("##XFACTOR= 1.0", with: "##XFACTOR= 0.1"))
    #expect(data[0].axis.positions == [1, 2, 3, 4])
    #expect(data[0].rows == [[1, 2, 3, -4]])
    let points = try decode(
      text.replacing("##XYDATA=", with: "##XYPOINTS=").replacing("INFRARED", with: "RAMAN"))
    #expect(points[0].axis.positions == [10, 20, 30, 40] && points[0].axis.unit == .ramanShift)
  }

  @Test func `blocks of a link are spectra, equal axes together`() throws {
    let first = file("1ABCCBA@abc").replacing("ten points", with: "first")
    let other = file("1AB", points: 2)
    let third = file("1ABCCBA@abc").replacing("ten points", with: "third")
    let link = "##TITLE= all\n##JCAMP-DX= 5.01\n##DATA TYPE= LINK\n##BLOCKS= 4\n"
    let data = try decode(link + first + other + third + "##END=\n")
    #expect(data.count == 2)
    #expect(data[0].names == ["first", "third"])
    #expect(data[0].provenance?.map(\.record) == [1, 3])
    #expect(data[1].rows == [[0.5, 1]])
  }

  @Test(arguments: [
    // The check ordinate of the second line is 4, not 3.
    ("1AJJ\n3DJJJJJJJ", 14, "y-check"), ("1ABC\n9CBA@abc", 14, "x-check"),
    ("1ABCCBA@abcd", 13, "more points"), ("1ABC", 12, "3 points"), ("1A?C", 12, "3 points"),
    ("1AB#C", 13, "#C"), ("1JB", 13, "difference"), ("1TB", 13, "repetition"),
    ("1AS9999999999", 13, "more points"), ("xyz", 13, "xyz"),
  ])
  func `damage is named with its line`(lines: String, line: Int, text: String) {
    let error = error(file(lines))
    #expect(error?.line == line)
    #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("##NPOINTS= 10", "##NPOINTS= 99999999999"), ("##NPOINTS= 10", "##NPOINTS= 2.5"),
    ("##NPOINTS= 10", "##NPOINTS= x"), ("##FIRSTX= 1", ""),
    ("(X++(Y..Y))", "(X++(R..R))"), ("##XYDATA=", "##PEAK TABLE="), ("##TITLE", "##NAME"),
  ])
  func `files without what is needed are refused`(part: String, replacement: String) {
    let text = file("1ABCCBA@abc").replacing(part, with: replacement)
    #expect([.malformedFile, .unsupportedFile].contains(error(text)?.code))
  }

  @Test func `what is unambiguous is mended and noted`() throws {
    let whole = file("1 1 2 3 3 2 1\n7 0 -1 -2 -3")
    let row: [Float] = [0.5, 1, 1.5, 1.5, 1, 0.5, 0, -0.5, -1, -1.5]
    let unended = try decode(whole.replacing("##END=", with: ""))[0]
    #expect(unended.rows == [row] && unended.notes.count == 1)
    #expect(error(whole.replacing("##END=", with: "").replacing("##NPOINTS= 10", with: "")) != nil)
    for count in [9, 11] {
      let data = try decode(whole.replacing("##NPOINTS= 10", with: "##NPOINTS= \(count)"))[0]
      #expect(data.rows == [row] && data.axis.positions == (1...10).map(Double.init))
      #expect(data.notes.count == 1)
    }
    #expect(error(whole.replacing("##NPOINTS= 10", with: "##NPOINTS= 8")) != nil)
    // A line that was lost does not fit.
    #expect(error(file("1 1 2 3 3 2 1\n8 -1 -2 -3")) != nil)
    let commas = whole.replacing("1.0", with: "1,0").replacing("0.5", with: "0,5")
      .replacing("3 3 2 1", with: "3,0 3 2 1,0")
    let data = try decode(commas)[0]
    #expect(data.rows == [row] && data.notes == ["numbers have decimal commas"])
    let missing = try decode(whole.replacing("-2 -3", with: "? ?"))[0]
    #expect(missing.rows == [Array(row.prefix(8))] && missing.notes.count == 1)
    #expect(missing.axis.positions == (1...8).map(Double.init))
  }

  @Test(arguments: JCAMPSpectrumFormat.Ordinates.allCases)
  func `written files are read back`(ordinates: JCAMPSpectrumFormat.Ordinates) throws {
    let data = try SampleSpectra.dataset(unit: .ramanShift)
    let bytes = try JCAMPSpectrumFormat.encode(data, ordinates: ordinates)
    let read = try #require(try JCAMPSpectrumFormat.decode(bytes).first)
    #expect(read.axis == data.axis && read.names == data.names)
    #expect(read.labels == data.labels && read.groups == data.groups)
    #expect(read.targets == data.targets)
    // Compressed ordinates are rounded to 10⁻⁸ of the largest, 0.9.
    let tolerance: Float = ordinates == .decimal ? 0 : 1e-7
    for (row, expected) in zip(read.rows, data.rows) {
      #expect(zip(row, expected).allSatisfy { abs($0 - $1) <= tolerance })
    }
    #expect(bytes.split(separator: 0x0A).allSatisfy { $0.count <= 80 })
  }

  @Test func `uneven positions are written as pairs`() throws {
    let axis = try SpectralAxis(positions: [1, 2.5, 7], unit: .micrometer)
    let data = try SpectralDataset(axis: axis, rows: [[1, -2e-8, 3e20]])
    let read = try JCAMPSpectrumFormat.decode(JCAMPSpectrumFormat.encode(data))
    #expect(read[0].axis == axis && read[0].rows == data.rows)
  }

  @Test func `what would end a record is not written`() throws {
    let axis = SpectralAxis(indexCount: 2)
    for name in ["a$$b", "a\n##END=", " a"] {
      let data = try SpectralDataset(axis: axis, rows: [[1, 2]], names: [name])
      let error = #expect(throws: SpectrumError.self) { try JCAMPSpectrumFormat.encode(data) }
      #expect(error?.code == .unwritable)
    }
  }
}
