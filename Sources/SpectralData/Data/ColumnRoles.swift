/// Which columns beside the spectra say what class, amount and sample each spectrum is.
public struct ColumnRoles: Codable, Hashable, Sendable {
  /// The column of class labels, if there is one.
  public var label: String?

  /// The columns of measured numbers, to be predicted by regression.
  public var targets: [String]

  /// The column that is equal for spectra of one sample (replicates), if there is one.
  public var group: String?

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
  /// label, and every other column of numbers is a target.
  ///
  /// Columns that name, number or split the spectra (`id`, `row`, `split` and the like) have no role.
  ///
  /// - Parameter columns: The columns beside the spectra.
  public init(recognizing columns: [SpectralDataset.MetadataColumn]) {
    func named(_ names: Set<String>) -> String? {
      columns.first { names.contains($0.normalizedName) }?.name
    }
    let groupName = named(Self.groupNames)
    let isFree: (SpectralDataset.MetadataColumn) -> Bool = {
      $0.name != groupName && !Self.otherNames.contains($0.normalizedName)
    }
    let labelName =
      named(Self.labelNames)
      ?? columns.first { isFree($0) && $0.measurements == nil && $0.hasRepeatedValues }?.name
    let targets = columns.filter { isFree($0) && $0.name != labelName && $0.measurements != nil }
    self.init(label: labelName, targets: targets.map(\.name), group: groupName)
  }

  private static let labelNames: Set = ["label", "labels", "class", "classes", "category"]

  private static let groupNames: Set = [
    "group", "groups", "sample", "sampleid", "sampleno", "specimen", "subject", "patient", "donor",
  ]

  private static let otherNames: Set = [
    "name", "names", "file", "filename", "id", "row", "index", "no", "number", "record", "spectrum",
    "title", "split", "fold", "set", "subset", "replicate", "scan", "date", "reference", "z",
  ]

  /// The columns whose texts can serve as names of spectra, best first.
  static let nameColumns = ["name", "file", "filename", "title", "id", "sample"]
}

extension ColumnRoles {
  /// Whether a column of this name says something about a spectrum, rather than being a spectrum.
  fileprivate static func isDescriptive(_ name: String) -> Bool {
    labelNames.contains(name) || groupNames.contains(name) || otherNames.contains(name)
  }
}

extension SpectralDataset.MetadataColumn {
  /// Whether the name says that this is no point of a spectrum: `label`, `sample`, `split`….
  var isDescriptive: Bool { ColumnRoles.isDescriptive(normalizedName) }

  /// The name in small letters without anything else.
  var normalizedName: String { String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }

  /// The values as finite numbers, nil where a cell is empty; nil when one is something else, or
  /// all are empty.
  public var measurements: [Double?]? {
    var numbers: [Double?] = []
    for value in values {
      if value.isEmpty {
        numbers.append(nil)
      } else if let number = Self.number(value) {
        numbers.append(number)
      } else {
        return nil
      }
    }
    return numbers.contains { $0 != nil } ? numbers : nil
  }

  /// A number with a decimal point or a decimal comma.
  private static func number(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    var reader = NumberReader()
    return reader.number(bytes, bytes.indices)
  }

  /// Whether fewer than two thirds of the values are different.
  var hasRepeatedValues: Bool { Set(values).count * 3 < values.count * 2 }
}
