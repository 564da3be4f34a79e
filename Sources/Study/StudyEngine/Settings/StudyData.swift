public import Chemometrics
public import SpectralData
public import TensorCore

/// Spectra with what is to be recognized in them.
public struct StudyData: Sendable {
  /// What is to be recognized.
  public enum Question: Sendable, Hashable {
    /// The class of every spectrum.
    case classes(ClassLabels)
    /// A measured quantity, one finite value per spectrum.
    case quantity(name: String, values: [Double])
  }

  /// Where the spectra come from, for people: the name of a file.
  public let name: String

  /// The axis of the spectra as they were measured.
  public let axis: SpectralAxis

  /// The spectra as they were measured, one row each.
  public let rows: Matrix<Float>

  /// What the values of the spectra are; nil where the files do not say.
  public let ordinate: Ordinate?

  /// What the spectra are called, one name each.
  public let sampleNames: [String]

  /// What is to be recognized.
  public private(set) var question: Question

  /// Equal texts for spectra of one sample, which are never divided; nil when all are independent.
  public let groups: [String]?

  /// What the quantity is called; nil for classes.
  package var quantity: String? {
    if case .quantity(let name, _) = question { name } else { nil }
  }

  /// How many spectra there are.
  public var count: Int { rows.count }

  /// Checks and keeps data.
  ///
  /// - Parameters:
  ///   - dataset: The spectra, at least 6.
  ///   - name: Where they come from, for people.
  ///   - question: What is to be recognized; classes need 2 spectra each or more.
  ///   - groups: Equal texts for spectra of one sample.
  /// - Throws: `StudyError` saying what is missing.
  public init(
    _ dataset: SpectralDataset, name: String, question: Question, groups: [String]? = nil
  ) throws(StudyError) {
    let count = dataset.rows.count
    guard count >= 6 else {
      throw StudyError(
        .unsuitableData, "\(name): \(count) spectra are too few to be studied; 6 is the least")
    }
    switch question {
    case .classes(let labels): try Self.check(labels, count: count, name)
    case .quantity(let quantity, let values): try Self.check(quantity, values, count: count, name)
    }
    guard groups.map({ $0.count == count }) ?? true else {
      throw StudyError(
        .unsuitableData, "\(name): \(groups?.count ?? 0) groups for \(count) spectra")
    }
    self.name = name
    self.question = question
    self.groups = groups
    axis = dataset.axis
    ordinate = dataset.ordinate
    rows = dataset.rows
    sampleNames = dataset.names ?? dataset.rows.indices.map { "spectrum \($0 + 1)" }
  }

  /// The same spectra, each with the label or value of another.
  func exchanging(_ sources: [Int]) -> StudyData {
    var exchanged = self
    switch question {
    case .classes(let labels): exchanged.question = .classes(labels.selecting(sources))
    case .quantity(let name, let values):
      exchanged.question = .quantity(name: name, values: sources.map { values[$0] })
    }
    return exchanged
  }

  private static func check(
    _ labels: ClassLabels, count: Int, _ name: String
  ) throws(StudyError) {
    guard labels.count == count else {
      throw StudyError(.unsuitableData, "\(name): \(labels.count) labels for \(count) spectra")
    }
    guard labels.names.count >= 2 else {
      throw StudyError(
        .unsuitableData,
        "\(name): all spectra are of class \"\(labels.names.first ?? "")\"; at least 2 classes are "
          + "needed, or a quantity (--target COLUMN)")
    }
    for (label, size) in zip(labels.names, labels.counts) where size < 2 {
      throw StudyError(
        .unsuitableData,
        "\(name): class \"\(label)\" has \(size) spectrum; each class needs 2 or more. Remove it, or "
          + "name another column with --label")
    }
  }

  private static func check(
    _ quantity: String, _ values: [Double], count: Int, _ name: String
  ) throws(StudyError) {
    guard values.count == count, values.allSatisfy(\.isFinite) else {
      throw StudyError(
        .unsuitableData, "\(name): \(quantity) is not known of every spectrum")
    }
    guard Set(values).count >= 3 else {
      throw StudyError(
        .unsuitableData,
        "\(name): \(quantity) has \(Set(values).count) different values; a quantity needs 3 or more"
      )
    }
  }
}
