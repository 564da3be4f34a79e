import Foundation
import SpectralData
import TensorCore
import TestSupport
import Testing

/// Files as instruments and their programs write them, beside what independent readers find in them.
struct InstrumentFile: CustomTestStringConvertible {
  static let folder = "data/spectra-instruments"

  /// Its folder and name.
  let name: String

  var testDescription: String { name }

  var path: String { SharedData.path("\(Self.folder)/\(name)") ?? name }

  /// All that are at hand.
  static func all() -> [InstrumentFile] {
    guard let root = SharedData.folder(folder) else { return [] }
    let paths = FileManager.default.enumerator(atPath: root.path(percentEncoded: false))
    let names = (paths?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".expected.npz") }
    return names.sorted().map { InstrumentFile(name: String($0.dropLast(13))) }
  }

  /// What other readers find: the spectra with their positions, in the order of the file.
  func expected() throws -> (spectra: [(x: [Double], y: [Double])], units: (x: String, y: String)) {
    let archive = try NPZArchive(contentsOf: URL(fileURLWithPath: path + ".expected.npz"))
    func numbers(_ name: String) throws -> [Double] { try #require(try archive.file(name).doubles) }
    func text(_ name: String) throws -> String {
      archive.names.contains(name) ? try archive.file(name).texts?.first ?? "" : ""
    }
    let units = (x: try text("x_unit"), y: try text("y_unit"))
    if archive.names.contains("counts") {
      let (x, y) = (try numbers("x_flat"), try numbers("y_flat"))
      var start = 0
      let parts = try archive.file("counts").integers.map { count in
        defer { start += count }
        return (x: Array(x[start..<start + count]), y: Array(y[start..<start + count]))
      }
      return (parts, units)
    }
    if archive.names.contains("blocks"), !archive.names.contains("x") {
      let count = try archive.file("blocks").integers[0]
      let parts = try (1...count).map {
        (x: try numbers("block\($0)_x"), y: try numbers("block\($0)_y"))
      }
      return (parts, units)
    }
    guard archive.names.contains("x") else { return ([], units) }
    let (x, y) = (try numbers("x"), try numbers("y"))
    let parts = (0..<y.count / x.count).map {
      (x: x, y: Array(y[$0 * x.count..<($0 + 1) * x.count]))
    }
    return (parts, units)
  }
}

struct InstrumentFileTests {
  /// What is not yet read as others read it.
  static let open: Set<String> = []

  /// Files whose units the expected values have from their makers, not from the file.
  static let unstated: Set = [
    "npz/made_compressed.npz", "npz/made_compressed_fortran_big_endian.npz",
    "wdf/nCal_Qontor785_z005H12_100_1x3s.txt", "matlab/METING9.MAT",
    "text/532nm-191216-Si_200mu.txt", "text/serie190214-1.txt", "text/laser.txt.gz",
    "text/peach_juice.dpt", "text/Witec_TrueMatch.txt", "xlsx/made_rows.xlsx",
    "xlsx/made_columns.xlsx", "envi/made_big_endian.img", "matlab/Map.mat",
  ]

  /// What is no spectrum and must be refused, with a word that must be said.
  static let refused: [String: String] = [
    "omnic/interfero.SPA": "interferogram", "matlab/made_struct_v73.mat": "7.3",
    "matlab/mat73_testfile1.mat": "7.3", "matlab/mat73_testfile14.mat": "7.3",
  ]

  @Test(
    .needsShared(InstrumentFile.folder),
    arguments: InstrumentFile.all().filter { !open.contains($0.name) && refused[$0.name] == nil })
  func `every file has the values that other readers find`(file: InstrumentFile) throws {
    let expected = try file.expected()
    let parts = try SpectrumFormatCatalog.readAll(file.path)
    // Spectra of one axis stand together; the records say which of the file each is.
    var found: [Int: (axis: SpectralAxis, row: [Float])] = [:]
    for part in parts {
      for (row, note) in zip(part.rows, try #require(part.provenance)) {
        found[try #require(note.record)] = (part.axis, Array(row))
      }
    }
    #expect(found.count == expected.spectra.count)
    for (index, spectrum) in expected.spectra.enumerated() {
      let own = try #require(found[index + 1])
      let (x, y) = (own.axis.positions, own.row.map(Double.init))
      // OMNIC positions are rounded to three places by the other reader.
      let places = file.name.hasPrefix("omnic") ? 1.1e-3 : 0
      let far = zip(x, spectrum.x).count { abs($0 - $1) > places + 2e-7 * max(1, abs($1)) }
      let largest = spectrum.y.map(abs).max() ?? 0
      let other = zip(y, spectrum.y).count { abs($0 - $1) > 1e-6 * abs($1) + 1e-7 * largest }
      #expect(x.count == spectrum.x.count && far == 0 && other == 0, "spectrum \(index + 1)")
    }
    let isUnstated = Self.unstated.contains(file.name)
    for part in parts { check(part, expected.units, isUnstated) }
  }

  /// A unit may be left out where the file does not state it, but never be another.
  private func check(
    _ part: SpectralDataset, _ units: (x: String, y: String), _ isUnstated: Bool
  ) {
    let isStated = !units.x.contains("not stated") && !units.x.contains("from")
    let named = AxisUnit(named: units.x)
    switch part.axis.unit {
    case .index: #expect(!isStated || named == nil || isUnstated, "\(units.x)")
    case .ramanShift: #expect(isStated && units.x.contains("cm-1"))
    default: #expect(isStated && named == part.axis.unit)
    }
    guard let ordinate = part.ordinate else {
      // What is told in brackets is what other readers conclude.
      let quantity = Ordinate(named: units.y)
      let isLeftOut = quantity == nil || quantity == .intensity || units.y.contains("(")
      #expect(isLeftOut || isUnstated, "\(units.y)")
      return
    }
    #expect(!units.y.contains("not stated"))
    #expect(Ordinate(named: units.y) == ordinate)
  }

  @Test(.needsShared(InstrumentFile.folder), arguments: refused)
  func `what is no spectrum is refused by its name`(name: String, word: String) throws {
    let error = #expect(throws: SpectrumError.self) {
      try SpectrumFormatCatalog.readAll(InstrumentFile(name: name).path)
    }
    #expect(error?.description.contains(word) == true)
  }
}
