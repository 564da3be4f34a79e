import Chemometrics
import Foundation
import SpectralData
import StudyEngine
import TensorCore
import Testing
import Workflows

@testable import StudyWorkflows

/// What is made of files and folders before they are studied.
final class StudyReaderTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file with two columns; the values rise with the position.
  private func spectrum(
    _ path: String, header: String = "wavenumber,intensity", from start: Int = 600, level: Int = 0
  ) throws {
    let lines = (0..<12).map { "\(start + 10 * $0),\(level + $0 * $0)" }
    try write(path, ([header] + lines).joined(separator: "\n"))
  }

  private func write(_ path: String, _ text: String) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func read(
    _ paths: [String], change: (inout StudySource) -> Void = { _ in }
  ) throws -> (data: StudyData, notes: [String]) {
    var source = StudySource(
      paths: paths.map { folder.appending(path: $0).path(percentEncoded: false) })
    change(&source)
    var notes: [String] = []
    let (data, _) = try StudyReader(source: source, note: { notes.append($0) }).read()
    return (data, notes)
  }

  private func classes(_ data: StudyData) -> [String] {
    guard case .classes(let labels) = data.question else { return [] }
    return labels.indices.map { labels.names[$0] }
  }

  @Test func `a table in a folder says the classes of the files in it`() throws {
    for index in 0..<6 { try spectrum("all/s\(index).csv", level: index) }
    let lines = (0..<6).map { "C:\\data\\s\($0).csv;\($0 % 2 == 0 ? "even" : "odd");\($0)" }
    try write("all/zz.csv", (["spectrum file;kind;x"] + lines).joined(separator: "\n"))
    let (data, notes) = try read(["all"])
    #expect(classes(data) == ["even", "odd", "even", "odd", "even", "odd"])
    #expect(data.sampleNames == (0..<6).map { "s\($0)" })
    #expect(notes.contains { $0.contains("zz.csv") })
  }

  @Test func `several quantities are read of the spectra of which all are known`() throws {
    let positions = (0..<12).map { "\(600 + 10 * $0)" }.joined(separator: ",")
    let lines = (0..<9).map { row in
      let values = (0..<12).map { "\($0 * $0 + row)" }.joined(separator: ",")
      return
        "s\(row),\(row == 2 ? "NA" : "\(row * row).5"),\(row == 4 ? "" : "\(90 - row)"),\(row),\(values)"
    }
    try write(
      "meat.csv", (["name,fat,water,\"ash, %\",\(positions)"] + lines).joined(separator: "\n"))
    var source = StudySource(paths: [folder.appending(path: "meat.csv").path(percentEncoded: false)]
    )
    source.target = "water, fat"
    var notes: [String] = []
    let (studies, split) = try StudyReader(source: source, note: { notes.append($0) }).readAll()
    #expect(split == nil && studies.map(\.quantity) == ["water", "fat"])
    #expect(studies.map(\.count) == [7, 7] && studies[0].rows == studies[1].rows)
    guard case .quantity(_, let water) = studies[0].question,
      case .quantity(_, let fat) = studies[1].question
    else {
      Issue.record("these are no quantities")
      return
    }
    #expect(water == [90, 89, 87, 85, 84, 83, 82])
    #expect(fat == [0.5, 1.5, 9.5, 25.5, 36.5, 49.5, 64.5])
    #expect(notes.contains { $0.contains("water was not measured") })
    #expect(notes.contains { $0.contains("fat was not measured") })
    #expect { try read(["meat.csv"]) { $0.target = "fat,water" } } throws: {
      "\($0)".contains("2 quantities")
    }
    #expect { try read(["meat.csv"]) { $0.target = "fat,fat" } } throws: {
      "\($0)".contains("twice")
    }
    #expect { try read(["meat.csv"]) { $0.target = "fat,salt" } } throws: {
      "\($0)".contains("no column \"salt\"")
    }
    // A name with a comma is one column.
    #expect(try read(["meat.csv"]) { $0.target = "ash, %" }.data.quantity == "ash, %")
  }

  @Test func `folders nearest to what paths share are classes, train and test are not`() throws {
    for part in ["train", "test"] {
      for name in ["a", "b"] {
        for index in 0..<2 {
          try spectrum("set/\(part)/\(name)/run \(index)/x.csv", level: index + part.count)
        }
      }
    }
    let (data, _) = try read(["set"])
    #expect(classes(data) == ["a", "a", "b", "b", "a", "a", "b", "b"])
  }

  @Test func `repeated headers with the numbers of a tool are classes`() throws {
    let lines = (0..<12).map { "\(600 + $0)," + (0..<6).map { "\($0)" }.joined(separator: ",") }
    try write("t.csv", (["nm,PE,PE.1,PE.2,PS,PS.1,PS.2"] + lines).joined(separator: "\n"))
    #expect(classes(try read(["t.csv"]).data) == ["PE", "PE", "PE", "PS", "PS", "PS"])
  }

  @Test func `wavelengths and wavenumbers meet on one axis`() throws {
    let high = (0..<12).map { "\(1e7 / Double(2000 + 40 * $0)),1" }
    for index in 0..<3 {
      try spectrum("m/a\(index).csv", header: "Wavenumber (cm-1),a", from: 2100, level: index)
      try write("m/b\(index).csv", (["Wavelength (nm),b"] + high).joined(separator: "\n"))
    }
    let (data, notes) = try read(["m"]) { $0.classOrigin = .names(pattern: "[ab]") }
    #expect(data.axis.unit == .reciprocalCentimeter && data.count == 6)
    #expect(notes.contains { $0.contains("converted to Wavenumber") })
  }

  @Test func `a laser makes shifts of wavelengths, and knows shifts that are none`() throws {
    for index in 0..<6 { try spectrum("l/\(index % 2)_\(index).csv", header: "nm,a", from: 800) }
    let origin = ClassOrigin.names(pattern: "^.")
    let (data, _) = try read(["l"]) {
      ($0.classOrigin, $0.laserWavelength) = (origin, 785)
    }
    #expect(data.axis.unit == .ramanShift)
    #expect(abs(data.axis.positions[0] - (1e7 / 785 - 1e7 / 800)) < 1e-9)
    for index in 0..<6 { try spectrum("c/\(index % 2)_\(index).csv", header: "cm-1,a") }
    let shifts = try read(["c"]) { ($0.classOrigin, $0.laserWavelength) = (origin, 785) }
    #expect(shifts.data.axis.unit == .ramanShift && shifts.data.axis.positions[0] == 600)
  }

  @Test func `kinds of values that do not go together are refused`() throws {
    for index in 0..<3 {
      try spectrum("k/a\(index).csv", header: "cm-1,Absorbance", level: 1 + index)
      try spectrum("k/b\(index).csv", header: "cm-1,Reflectance", level: 1 + index)
    }
    let error = #expect(throws: WorkflowError.self) {
      try read(["k"]) { $0.classOrigin = .names(pattern: "[ab]") }
    }
    #expect(error.map { "\($0)".contains("absorbance (3), reflectance in % (3)") } == true)
  }

  @Test func `one folder is for one study at a time`() throws {
    try write("study/x", "")
    let path = folder.appending(path: "study").path(percentEncoded: false)
    let first = try FolderLock(path)
    let error = #expect(throws: WorkflowError.self) { try FolderLock(path) }
    #expect(error.map { "\($0)".contains("at work there") } == true)
    withExtendedLifetime(first) {}
  }

  @Test func `a folder is free again when a study has ended`() throws {
    try write("study/x", "")
    let path = folder.appending(path: "study").path(percentEncoded: false)
    for _ in 0..<2 { _ = try FolderLock(path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["x"])
  }
}
