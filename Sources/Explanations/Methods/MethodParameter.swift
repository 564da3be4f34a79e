import Foundation
import GraphRewriting

/// A setting of a method that a user may change.
public struct MethodParameter: Sendable, Hashable {
  /// The values that a setting takes.
  public enum Domain: Sendable, Hashable {
    /// One of several words.
    case choices([String])
    /// A finite number in a range.
    case number(ClosedRange<Double>)
    /// A whole number in a range.
    case count(ClosedRange<Int>)
    /// A share of the input's extent, such as `7%`, or a length above 0 in the input's own units.
    case length
    /// A text, described by a phrase; the method reads it.
    case text(String)
    /// The id of a composite, JSON text of one, or the path of a file that ends in `.json`.
    case composite
  }

  /// The name, as written on the command line.
  public let name: String

  /// What it does, in one sentence.
  public let summary: String

  /// What it is when nothing is said.
  public let standard: String

  /// The values it takes.
  public let domain: Domain

  /// Creates a parameter.
  public init(_ name: String, _ summary: String, standard: String, _ domain: Domain) {
    self.name = name
    self.summary = summary
    self.standard = standard
    self.domain = domain
  }

  /// Creates a parameter that takes one of several words, the first by default.
  public init(_ name: String, _ summary: String, values: [String]) {
    self.init(name, summary, standard: values.first ?? "", .choices(values))
  }

  /// What it takes, for help: the default first.
  public var usage: String {
    switch domain {
    case .choices(let values): values.joined(separator: "|")
    case .number(let range): "\(standard) (\(text(range.lowerBound))…\(text(range.upperBound)))"
    case .count(let range):
      range.upperBound == .max
        ? "\(standard) (\(range.lowerBound) or more)"
        : "\(standard) (\(range.lowerBound)…\(range.upperBound))"
    case .length: "\(standard) (\(Self.lengthPhrase))"
    case .text(let phrase): "\(standard) (\(phrase))"
    case .composite:
      ([standard] + CompositeCatalog.entries.map(\.id).filter { $0 != standard })
        .joined(separator: "|") + "|FILE.json"
    }
  }

  /// A valid value in the form that is kept; files are read, so that results can be repeated.
  func kept(_ value: String) throws(ExplanationError) -> String {
    domain == .composite ? try CompositeText.settled(value) : value
  }

  /// What is wrong with a value, or nil.
  func objection(to value: String) -> String? {
    let isValid =
      switch domain {
      case .choices(let values): values.contains(value)
      case .number(let range): Double(value).map(range.contains) ?? false
      case .count(let range): Int(value).map(range.contains) ?? false
      case .length: InputLength(value) != nil
      case .text, .composite: true
      }
    guard !isValid else { return nil }
    let wanted =
      switch domain {
      case .choices(let values): values.joined(separator: " or ")
      case .number(let range): "a number in \(text(range.lowerBound))…\(text(range.upperBound))"
      case .count(let range):
        range.upperBound == .max
          ? "a whole number from \(range.lowerBound)"
          : "a whole number in \(range.lowerBound)…\(range.upperBound)"
      case .length: Self.lengthPhrase
      case .text(let phrase): phrase
      case .composite: "a composite"
      }
    return "\(name) is \(wanted), not \"\(value)\""
  }

  private static let lengthPhrase =
    "a share of the side such as 7%, or a length in pixels or units of the axis"

  private func text(_ number: Double) -> String { String(format: "%g", number) }
}
