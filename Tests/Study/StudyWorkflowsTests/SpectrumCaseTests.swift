import Chemometrics
import Foundation
import SpectralData
import StudyEngine
import TensorCore
import TestSupport
import Testing

@testable import StudyWorkflows

/// Spectra as people have them: each file has a property of a public report.
struct SpectrumCaseTests {
  private static let folder = "cases/spectra"

  /// Reads a case with the settings of a study; gives what was said too.
  private func reading(
    _ paths: String..., change: (inout StudySource) -> Void = { _ in }
  ) throws -> (data: StudyData, split: ValidationSplit?, notes: [String]) {
    var source = StudySource(
      paths: try paths.map { try #require(SharedData.path(Self.folder + "/" + $0)) })
    change(&source)
    var notes: [String] = []
    let (data, split) = try StudyReader(source: source, note: { notes.append($0) }).read()
    return (data, split, notes)
  }

  private func dataset(_ path: String) throws -> SpectralDataset {
    try SpectrumFormatCatalog.read(
      #require(SharedData.path(Self.folder + "/" + path)),
      SpectrumReadingSettings(interpolatesToCommonAxis: true))
  }

  /// Files that hold whole spectra: spectra, points, first and last position, and whether a note is
  /// due.
  private static let tables: [(String, Int, Int, Double, Double, String?)] = [
    ("header-styles/thousands.csv", 18, 151, 600, 1800, "thousands"),
    ("header-styles/X-prefix.csv", 18, 151, 600, 1800, nil),
    ("header-styles/quoted-unit.csv", 18, 151, 600, 1800, nil),
    ("header-styles/columns-after.csv", 18, 151, 600, 1800, nil),
    ("encodings/utf16.csv", 18, 151, 600, 1800, nil),
    ("encodings/utf8-bom.csv", 18, 151, 600, 1800, nil),
    ("encodings/cp1252.csv", 18, 151, 600, 1800, nil),
    ("missing-cells/one-empty.csv", 30, 151, 600, 1800, "1 single missing value in 1 spectrum"),
    ("missing-cells/one-nan.csv", 30, 151, 600, 1800, "1 single missing value in 1 spectrum"),
    ("missing-cells/edge-na-all.csv", 30, 149, 600, 1784, "cut"),
    ("repeated-positions/one-twice.txt", 1, 150, 600, 1800, "(672)"),
    ("repeated-positions/wide-one-twice.csv", 18, 150, 600, 1800, "(992)"),
    ("repeated-positions/stitched.txt", 1, 151, 600, 1800, "2 pieces"),
    ("ts-variants/plain.ts", 12, 151, 0, 150, nil),
    ("ts-variants/missing-true-but-none.ts", 12, 151, 0, 150, nil),
    ("ts-variants/multivariate-flag.ts", 12, 151, 0, 150, nil),
    ("ts-variants/unequal-flag-but-equal.ts", 12, 151, 0, 150, nil),
    ("ts-variants/no-label.ts", 12, 151, 0, 150, nil),
    ("ts-variants/targetlabel.ts", 12, 151, 0, 150, nil),
    ("ts-variants/one-question-mark.ts", 12, 151, 0, 150, "filled"),
    ("ts-variants/timestamps.ts", 12, 151, 600, 1800, nil),
  ]

  @Test(.needsShared(folder), arguments: tables)
  func `files are read whole, and what was mended is said`(
    path: String, count: Int, points: Int, first: Double, last: Double, note: String?
  ) throws {
    let data = try dataset(path)
    #expect(data.rows.count == count && data.axis.count == points)
    #expect(data.axis.positions.first == first && data.axis.positions.last == last)
    #expect(data.notes.isEmpty == (note == nil), "\(data.notes)")
    if let note { #expect(data.notes.contains { $0.contains(note) }, "\(data.notes)") }
  }

  private enum Asked: Sendable {
    case classes([String: Int])
    case quantity(String, Int)
  }

  private static let plastics = ["HDPE": 8, "PET": 8, "PS": 8]

  /// What is asked of files that need no word of the user.
  private static let questions: [(String, Asked, String)] = [
    ("index-column-quantity/pandas.csv", .quantity("protein", 40), "quantity"),
    ("index-column-quantity/r.csv", .quantity("protein", 40), "quantity"),
    (
      "index-column-quantity/operator-first.csv",
      .classes(["HDPE": 10, "PET": 10, "PS": 10]), "species"
    ),
    ("quantity-with-marks/t.csv", .quantity("protein", 28), "s3 (<0,1), s7 (n.d.)"),
    ("class-is-folder", .classes(plastics), "folders"),
    (
      "transposed/class-is-header.csv", .classes(["HDPE": 6, "PET": 6, "PS": 6]),
      "names of the spectra"
    ),
    ("transposed/class-row.csv", .classes(["HDPE": 6, "PET": 6, "PS": 6]), "class"),
    ("long-format/long.csv", .classes(["HDPE": 6, "PET": 6, "PS": 6]), "label"),
    ("number-labels/y.csv", .quantity("y", 24), "if they are classes"),
    ("number-labels/last-column-target.csv", .quantity("target", 24), "if they are classes"),
    ("number-labels/class.csv", .classes(["1": 8, "2": 8, "10": 8]), "class"),
    (
      "few-per-class/one-of-a-class.csv", .classes(["HDPE": 10, "PET": 10]),
      "class \"PS\" with one spectrum is left out"
    ),
    ("replicates-quantity/ten-samples-twice.csv", .quantity("conc", 20), "one sample"),
  ]

  @Test(.needsShared(folder), arguments: questions)
  private func `what is studied is found and said`(
    path: String, asked: Asked, note: String
  ) throws {
    let (data, _, notes) = try reading(path)
    check(data, asked)
    #expect(notes.contains { $0.contains(note) }, "\(notes)")
  }

  private func check(_ data: StudyData, _ asked: Asked) {
    switch (data.question, asked) {
    case (.classes(let labels), .classes(let expected)):
      let counts = Dictionary(uniqueKeysWithValues: zip(labels.names, labels.counts))
      #expect(counts == expected)
    case (.quantity(let name, let values), .quantity(let expected, let count)):
      #expect(name == expected && values.count == count && data.count == count)
    default: Issue.record("\(data.question) where \(asked) was expected")
    }
    #expect(data.axis.count == 151)
  }

  /// Files of which several things may be meant: the choices that are listed.
  @Test(
    .needsShared(folder),
    arguments: [
      ("na-in-quantity/soil.csv", ["--target \"Nt\"", "--target \"CEC\"", "\"train\" "]),
      (
        "index-column-quantity/instrument-columns.csv",
        ["--target \"temperature\"", "--target \"protein\"", "\"scan_no\""]
      ),
      ("transposed/header-with-numbers.csv", ["--class-from 'name:", "HDPE (6)"]),
      ("class-in-file-name/spectra", ["--class-from 'name:", "HDPE_R1 (8)", "PS_R1 (8)"]),
      ("axes-differ/s", ["--class-from 'name:", "HDPE (4)"]),
    ])
  func `where several things may be meant they are listed`(path: String, choices: [String]) throws {
    let error = #expect(throws: (any Error).self) { try reading(path) }
    let text = String(describing: error)
    for choice in choices { #expect(text.contains(choice), "\(text)") }
  }

  @Test(.needsShared(folder)) func `a chosen quantity leaves out what was not measured`() throws {
    let (data, _, notes) = try reading("na-in-quantity/soil.csv") { $0.target = "Nt" }
    check(data, .quantity("Nt", 30))
    #expect(notes.contains { $0.contains("10 of 40") }, "\(notes)")
  }

  @Test(.needsShared(folder)) func `classes come from names, tables and folders`() throws {
    let spectra = "class-in-file-name/spectra"
    let named = try reading(spectra) { $0.classOrigin = .names(pattern: #"(.*?)_R\d+_\d+"#) }
    check(named.data, .classes(Self.plastics))
    let joined = try reading(spectra, "class-in-file-name/classes.csv")
    check(joined.data, .classes(Self.plastics))
    #expect(joined.notes.contains { $0.contains("joined by \"file\"") }, "\(joined.notes)")
    #expect(joined.data.sampleNames.first == "HDPE_R1_1")
    let folders = ["HDPE", "PET", "PS"].map { "class-is-folder/" + $0 }
    check(try reading(folders[0], folders[1], folders[2]).data, .classes(Self.plastics))
    let header = try reading("transposed/header-with-numbers.csv") {
      $0.classOrigin = .names(pattern: "[A-Z]+")
    }
    check(header.data, .classes(["HDPE": 6, "PET": 6, "PS": 6]))
  }

  @Test(.needsShared(folder)) func `two spectra of each class are too few for a study`()
    async throws
  {
    var workflow = StudyWorkflow(
      source: StudySource(
        paths: [try #require(SharedData.path(Self.folder + "/few-per-class/two-per-class.csv"))]))
    workflow.folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      .path(percentEncoded: false)
    let error = await #expect(throws: (any Error).self) { try await workflow.run() }
    #expect(String(describing: error).contains("2 spectra per class are too few"))
    #expect(!FileManager.default.fileExists(atPath: workflow.folder))
  }

  @Test(.needsShared(folder)) func `numbered classes get names, and spectra can be left out`()
    throws
  {
    let (data, _, _) = try reading("number-labels/y.csv") {
      $0.label = "y"
      $0.classNames = ["HDPE", "PET", "PS"]
    }
    check(data, .classes(Self.plastics))
    let some = try reading("class-is-folder") { $0.excluded = ["pet_04", "ps_01.txt"] }
    check(some.data, .classes(["HDPE": 8, "PET": 7, "PS": 7]))
    #expect(throws: (any Error).self) {
      try reading("class-is-folder") { $0.excluded = ["absent"] }
    }
  }

  @Test(.needsShared(folder)) func `spectra on different axes are brought to what all cover`()
    throws
  {
    let (data, _, notes) = try reading("axes-differ/s") {
      $0.classOrigin = .names(pattern: "[A-Z]+")
    }
    #expect(data.count == 12 && (148...151).contains(data.axis.count))
    #expect(notes.contains { $0.contains("12 different axes") }, "\(notes)")
  }

  @Test(.needsShared(folder)) func `a test file is a division, a file of labels goes line by line`()
    throws
  {
    let apart = try reading("train-test-apart/train.csv") {
      $0.testPaths = [SharedData.path(Self.folder + "/train-test-apart/test.csv") ?? ""]
    }
    #expect(apart.data.count == 42)
    #expect(apart.split == ValidationSplit(training: Array(0..<30), test: Array(30..<42)))
    let labels = try reading("train-test-apart/X_train.csv", "train-test-apart/y_train.csv")
    check(labels.data, .classes(["HDPE": 10, "PET": 10, "PS": 10]))
  }

  @Test(.needsShared(folder)) func `a map is a spectrum for each place`() throws {
    let data = try dataset("long-format/renishaw-map.txt")
    #expect(data.rows.count == 18 && data.axis.count == 151)
    #expect(data.axis.positions.first == 1800 && data.metadata.map(\.name) == ["X", "Y"])
    #expect(data.rows[0].prefix(3).elementsEqual([0.125054, 0.125486, 0.113236]))
  }

  @Test(.needsShared(folder)) func `transmittance is converted for networks of absorbance`() throws
  {
    let folder = "transmittance-in-absorbance-model/"
    let (data, _, notes) = try reading(
      folder + "HDPE-absorbance.jdx", folder + "PET-transmittance.jdx",
      folder + "PET-absorbance.jdx", folder + "PS-absorbance.jdx",
      folder + "HDPE-transmittance.jdx",
      folder + "PS-transmittance.jdx"
    ) { $0.classOrigin = .names(pattern: "[A-Z]+") }
    #expect(data.ordinate == .absorbance)
    #expect(notes.contains { $0.contains("3 spectra are converted") }, "\(notes)")
    for (one, other) in [(0, 4), (1, 2), (3, 5)] {
      let distance = zip(data.rows[one], data.rows[other]).map { abs($0 - $1) }.max() ?? 1
      #expect(distance < 0.01)
    }
  }
}
