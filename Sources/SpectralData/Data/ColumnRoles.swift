/// Which columns beside the spectra say what class, amount and sample each spectrum is.
public struct ColumnRoles: Codable, Hashable, Sendable {
  /// The column of class labels, if there is one.
  public var label: String?

  /// The columns of measured numbers, to be predicted by regression.
  public var targets: [String]

  /// The column that is equal for spectra of one sample (replicates), if there is one.
  public var group: String?

  /// The column that says where on a map a spectrum was measured, from left to right.
  public var across: String?

  /// The column that says where on a map a spectrum was measured, from line to line.
  public var down: String?

  /// The column that says when a spectrum was measured.
  public var time: String?

  /// Names the columns.
  ///
  /// - Parameters:
  ///   - label: The column of class labels.
  ///   - targets: The columns of measured numbers.
  ///   - group: The column that is equal for spectra of one sample.
  public init(label: String? = nil, targets: [String] = [], group: String? = nil) {
    self.label = label
    self.targets = targets
    self.group = group
  }

  /// Recognizes the columns: by their names, else the first column of text that repeats is the
  /// label, and every other column of numbers that neither count nor order the spectra is a target.
  ///
  /// Columns that name, number or split the spectra, or say how they were measured (`id`, `scan_no`,
  /// `operator` and the like), have no role.
  ///
  /// - Parameter columns: The columns beside the spectra.
  public init(recognizing columns: [SpectralDataset.MetadataColumn]) {
    let candidates = ColumnCandidates(columns)
    self.init(
      label: candidates.namedLabel ?? candidates.labels.first, targets: candidates.targets,
      group: candidates.group)
    (across, down, time) = (candidates.across, candidates.down, candidates.time)
  }

  /// Recognizes only the columns that say where and when spectra were measured.
  ///
  /// - Parameter columns: Columns that an instrument writes.
  init(measuring columns: [SpectralDataset.MetadataColumn]) {
    let candidates = ColumnCandidates(columns)
    self.init()
    (across, down, time) = (candidates.across, candidates.down, candidates.time)
  }
}

/// What each column beside spectra may be.
package struct ColumnCandidates: Hashable, Sendable {
  /// The column that is called a class, if there is one.
  package private(set) var namedLabel: String?

  /// The columns of texts that repeat, which may be classes.
  package private(set) var labels: [String] = []

  /// The columns of numbers that may be quantities.
  package private(set) var targets: [String] = []

  /// The column that is equal for spectra of one sample.
  package private(set) var group: String?

  /// The columns that may say which spectra belong together, though not of one sample.
  package private(set) var together: [String] = []

  /// The columns that say which spectra are for training and which for the test.
  package private(set) var splits: [String] = []

  /// The columns that number repeated measurements.
  package private(set) var replicates: [String] = []

  /// The columns of places on a map, and of times.
  package private(set) var across: String?
  package private(set) var down: String?
  package private(set) var time: String?

  /// A column that is left aside.
  package struct Other: Hashable, Sendable {
    /// The header.
    package let name: String

    /// Why it is nothing to be predicted, as the rest of a sentence.
    package let reason: String
  }

  /// The other columns.
  package private(set) var others: [Other] = []

  /// From so many spectra on, texts that are all different are names, whatever the column is called.
  private static let leastNameCount = 10

  /// Looks at the columns.
  package init(_ columns: [SpectralDataset.MetadataColumn]) {
    let across = columns.first { ColumnNames.across.contains($0.normalizedName) }
    let down = columns.first { ColumnNames.down.contains($0.normalizedName) }
    let isMap = across?.measurements != nil && down?.measurements != nil
    if isMap { (self.across, self.down) = (across?.name, down?.name) }
    for column in columns {
      let name = column.normalizedName
      if isMap, column == across || column == down || name == "mapz" {
        others.append(Other(name: column.name, reason: "is a place on a map"))
        continue
      }
      if time == nil, ColumnNames.times.contains(name), column.measurements != nil {
        time = column.name
        others.append(Other(name: column.name, reason: "says when spectra were measured"))
        continue
      }
      if column.isSplit { splits.append(column.name) }
      if ColumnNames.together.contains(name), column.hasEqualValues { together.append(column.name) }
      if ColumnNames.replicates.contains(name) { replicates.append(column.name) }
      if group == nil, ColumnNames.groups.contains(name), column.hasEqualValues {
        group = column.name
      } else if namedLabel == nil, ColumnNames.labels.contains(name),
        column.values.count < Self.leastNameCount || column.hasEqualValues
      {
        namedLabel = column.name
      } else if let reason = column.reasonToLeaveAside {
        others.append(Other(name: column.name, reason: reason))
      } else if column.measurements != nil {
        targets.append(column.name)
      } else {
        labels.append(column.name)
      }
    }
  }
}

/// What columns are commonly called, in small letters without anything else.
enum ColumnNames {
  static let labels: Set = [
    "label", "labels", "class", "classes", "category", "classid", "classno", "classname",
    "classlabel", "labelid", "labelname",
  ]

  static let groups: Set = [
    "group", "groups", "sample", "sampleid", "sampleno", "samplename", "specimen", "subject",
    "patient", "donor",
  ]

  static let together: Set = [
    "batch", "batchno", "lot", "lotno", "plot", "animal", "bag", "bottle", "tree", "plate",
    "tablet",
    "vial", "tube", "cuvette", "aliquot", "subjectid", "patientid", "donorid",
  ]

  /// Places on a map, from left to right and from line to line; the second only beside the first.
  static let across: Set = ["x", "mapx", "xum", "xµm", "xμm", "xmm", "xpx"]
  static let down: Set = ["y", "mapy", "yum", "yµm", "yμm", "ymm", "ypx"]

  static let times: Set = ["time", "times", "timesec", "timeseconds", "elapsedtime"]

  static let replicates: Set = [
    "replicate", "replicates", "replicateno", "rep", "repno", "repeat", "scan",
  ]

  /// What names, numbers or divides spectra, or says how they were measured.
  static let descriptions: Set = [
    "name", "names", "file", "files", "filename", "path", "id", "uid", "uuid", "key", "barcode",
    "row", "rowid", "rownames", "index", "idx", "no", "nr", "number", "record", "spectrum",
    "spectrumid", "spectrumno", "title", "unnamed0", "split", "fold", "set", "subset", "partition",
    "dataset", "train", "test", "istrain", "istest", "scan", "scanno", "scannumber", "scanid",
    "scans",
    "date", "time", "datetime", "timestamp", "reference", "operator", "analyst", "user",
    "instrument",
    "instrumentid", "device", "serial", "serialno", "serialnumber", "comment", "comments", "remark",
    "remarks", "note", "notes", "x", "z", "position", "well", "run", "runno", "order", "seq",
    "sequence",
    "integrationtime", "exposure", "laser", "laserpower", "latitude", "longitude", "lat", "lon",
  ]

  /// Words that say so anywhere in a name, as in `Operator initials`.
  static let descriptiveWords: Set = [
    "operator", "analyst", "instrument", "serial", "filename", "comment", "remark", "date",
    "timestamp", "barcode", "acquisition", "integration", "exposure",
  ]

  /// Words that say so at the end of a name, as in `plate_id`.
  static let descriptiveEnds: Set = ["id", "no", "nr", "number", "index", "idx"]

  /// The columns whose texts can serve as names of spectra, best first.
  static let spectra = [
    "name", "file", "filename", "title", "id", "sample", "sampleid", "samplename", "sampleno",
    "spectrum",
  ]
}

extension SpectralDataset.MetadataColumn {
  /// Whether the name says that this is no point of a spectrum: `label`, `sample`, `split`….
  var isDescriptive: Bool {
    let name = normalizedName
    return ColumnNames.labels.contains(name) || ColumnNames.groups.contains(name)
      || ColumnNames.replicates.contains(name) || ColumnNames.descriptions.contains(name)
  }

  /// Whether words of the name say that it is nothing to be predicted.
  private var hasDescriptiveWords: Bool {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return words.contains(where: ColumnNames.descriptiveWords.contains)
      || words.count > 1 && words.last.map(ColumnNames.descriptiveEnds.contains) ?? false
  }

  /// The name in small letters without anything else.
  var normalizedName: String { String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }

  /// The values as finite numbers, nil where nothing was measured (an empty cell, `NA`, `n.d.`, `-`,
  /// or a limit such as `<0.1`); nil when a value is something else, or nothing was measured at all.
  public var measurements: [Double?]? {
    var numbers: [Double?] = []
    for value in values {
      if let number = Self.number(value) {
        numbers.append(number)
      } else if MissingMark.isMissingNumber(value) {
        numbers.append(nil)
      } else {
        return nil
      }
    }
    return numbers.contains { $0 != nil } ? numbers : nil
  }

  /// The values as texts, nil where nothing is known (an empty cell, `NA`, `n.d.`, `-`).
  package var knownValues: [String?] { values.map { MissingMark.isMissing($0) ? nil : $0 } }

  /// A number with a decimal point or a decimal comma.
  private static func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    var reader = NumberReader()
    return reader.number(bytes, bytes.indices)
  }

  /// Whether some spectra have the same value.
  var hasEqualValues: Bool { Set(values).count < values.count }

  /// Whether every value says training or test.
  package var isSplit: Bool {
    let words: Set = ["train", "training", "calibration", "cal", "test", "validation", "val"]
    let found = Set(values.map { $0.lowercased() })
    return found.count > 1 && found.isSubset(of: words)
  }

  /// Why the column is nothing that could be predicted; nil when it may be.
  var reasonToLeaveAside: String? {
    let known = knownValues.compactMap(\.self)
    if known.isEmpty { return "has no values" }
    if normalizedName.isEmpty { return "has no name" }
    if ColumnNames.together.contains(normalizedName) {
      return "may say which spectra belong together (--group)"
    }
    if isDescriptive || hasDescriptiveWords {
      return "by its name says how spectra are called, measured or divided"
    }
    if isSplit { return "divides the spectra" }
    let different = Set(known)
    if different.count == 1, known.count > 1 { return "has one value for all" }
    guard let numbers = measurements?.compactMap(\.self) else {
      // Texts of which more than two thirds are different name the spectra.
      return different.count * 3 < known.count * 2 ? nil : "names the spectra: few texts are equal"
    }
    guard numbers.count >= 5 else { return nil }
    let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
    if steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }) {
      return "counts or orders the spectra"
    }
    let isWhole = numbers.allSatisfy { $0 == $0.rounded() }
    let span = (numbers.max() ?? 0) - (numbers.min() ?? 0)
    return isWhole && different.count == numbers.count && span == Double(numbers.count - 1)
      ? "counts the spectra" : nil
  }
}
