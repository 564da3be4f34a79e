/// A setting of an architecture that a user may change.
public struct ArchitectureParameter: Sendable, Hashable {
  /// The name, as written on a command line.
  public let name: String

  /// What it does, in one sentence.
  public let summary: String

  /// What it is when nothing is said.
  public let standard: String
}

/// An architecture that a user may choose.
public struct ArchitectureEntry: Sendable {
  /// The name, as written on a command line.
  public let id: String

  /// What the layers are, in one sentence.
  public let summary: String

  /// What can be set.
  public let parameters: [ArchitectureParameter]

  private let make:
    @Sendable (ArchitectureSettings) throws(LearningError) -> any NetworkArchitecture

  init<Architecture: NetworkArchitecture>(
    _ parameters: [ArchitectureParameter],
    _ make: @escaping @Sendable (ArchitectureSettings) throws(LearningError) -> Architecture
  ) {
    id = Architecture.id
    summary = Architecture.summary
    self.parameters = parameters
    self.make = { (settings) throws(LearningError) in try make(settings) }
  }

  /// The architecture with settings, which are completed with defaults.
  ///
  /// - Throws: `LearningError` naming a setting that does not exist or a value that it does not take.
  public func architecture(
    _ given: [String: String] = [:]
  ) throws(LearningError) -> any NetworkArchitecture {
    var values: [String: String] = [:]
    for parameter in parameters { values[parameter.name] = parameter.standard }
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      guard values[name] != nil else {
        let names = parameters.map(\.name).joined(separator: ", ")
        throw LearningError(.invalidSetting, "\(id) has no setting \"\(name)\"; it has \(names)")
      }
      values[name] = value
    }
    return try make(ArchitectureSettings(id: id, values: values))
  }
}

/// All architectures.
public enum ArchitectureCatalog {
  /// The architectures, the usual one first.
  public static let entries: [ArchitectureEntry] = [
    PositionalNetwork.entry,
    ThreeConvolutionNetwork.entry,
    ResidualNetwork.entry,
    ResidualAverageNetwork.entry,
    InceptionNetwork.entry,
  ]

  /// The entry with a name.
  ///
  /// - Throws: `LearningError` listing the names when there is none.
  public static func entry(_ id: String) throws(LearningError) -> ArchitectureEntry {
    guard let entry = entries.first(where: { $0.id == id }) else {
      let names = entries.map(\.id).joined(separator: ", ")
      throw LearningError(.invalidSetting, "there is no network \"\(id)\"; there are \(names)")
    }
    return entry
  }
}

/// The settings of an architecture as text, with readers that say what is wrong.
struct ArchitectureSettings {
  let id: String
  let values: [String: String]

  /// A whole number in a range.
  func count(_ name: String, _ range: ClosedRange<Int>) throws(LearningError) -> Int {
    guard let text = values[name], let number = Int(text), range.contains(number) else {
      throw refusal(name, "a whole number in \(range.lowerBound)…\(range.upperBound)")
    }
    return number
  }

  /// A list of whole numbers in a range, such as `16,32,64`.
  func counts(
    _ name: String, _ range: ClosedRange<Int>, count: ClosedRange<Int>
  ) throws(LearningError) -> [Int] {
    let parts = (values[name] ?? "").split(separator: ",").map { Int($0.trimmed) }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, numbers.allSatisfy(range.contains),
      count.contains(numbers.count)
    else {
      let length =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
      throw refusal(
        name,
        "\(length) whole numbers in \(range.lowerBound)…\(range.upperBound), separated by commas")
    }
    return numbers
  }

  /// A share from 0 up to, but not including, 1.
  func share(_ name: String) throws(LearningError) -> Float {
    guard let text = values[name], let number = Float(text), number >= 0, number < 1 else {
      throw refusal(name, "a number from 0 to less than 1")
    }
    return number
  }

  /// `true` or `false`.
  func flag(_ name: String) throws(LearningError) -> Bool {
    guard let text = values[name], let flag = Bool(text) else {
      throw refusal(name, "true or false")
    }
    return flag
  }

  /// An error that says what a setting takes.
  func refusal(_ name: String, _ wanted: String) -> LearningError {
    LearningError(
      .invalidSetting, "\(id): \(name) is \(wanted), not \"\(values[name] ?? "")\"")
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    drop { $0 == " " }.prefix { $0 != " " }
  }
}
