/// The values that a parameter takes: how they are described, read and written.
public struct Domain<Value: Hashable & Sendable>: Sendable {
  /// The values in words that follow "is", such as `a whole number from 1`.
  public let phrase: String

  /// The values themselves, where they are a few words.
  public let words: [String]

  /// The values in short, such as `1…9`, where they are not.
  public let bounds: String

  /// Whether the text of a value replaces the one it was read from, such as the path of a file.
  public let rewritesText: Bool

  private let reading: @Sendable (String) throws(SettingsError) -> Value?
  private let writing: @Sendable (Value) -> String

  /// Describes values.
  ///
  /// - Parameters:
  ///   - phrase: The values in words that follow "is".
  ///   - words: The values themselves, where they are a few words.
  ///   - bounds: The values in short; the phrase when nil.
  ///   - rewritesText: Whether the text of a value replaces the one it was read from.
  ///   - read: Reads a value: nil for a text that is none; it throws what is wrong with one that
  ///     should be.
  ///   - write: The text of a value, which is read back.
  public init(
    _ phrase: String, words: [String] = [], bounds: String? = nil, rewritesText: Bool = false,
    read: @escaping @Sendable (String) throws(SettingsError) -> Value?,
    write: @escaping @Sendable (Value) -> String
  ) {
    self.phrase = phrase
    self.words = words
    self.bounds = bounds ?? phrase
    self.rewritesText = rewritesText
    reading = read
    writing = write
  }

  /// The value that a text stands for; nil when there is none.
  ///
  /// - Throws: `SettingsError` saying what is wrong with a text that should be a value.
  public func value(_ text: String) throws(SettingsError) -> Value? { try reading(text) }

  /// The text of a value.
  public func text(_ value: Value) -> String { writing(value) }
}

extension Domain where Value: CaseIterable & RawRepresentable<String> {
  /// The cases of an enumeration, by their names.
  public static var cases: Domain {
    let words = Value.allCases.map(\.rawValue)
    return Domain(
      words.joined(separator: " or "), words: words, read: { Value(rawValue: $0) },
      write: \.rawValue)
  }
}

extension Domain<Bool> {
  /// `true` or `false`.
  public static var flag: Domain {
    Domain("true or false", words: ["true", "false"], read: { Bool($0) }, write: { "\($0)" })
  }
}

extension Domain<Int> {
  /// Whole numbers in a range.
  public static func whole(_ range: ClosedRange<Int>) -> Domain {
    let (low, high) = (range.lowerBound, range.upperBound)
    return Domain(
      high == .max ? "a whole number from \(low)" : "a whole number in \(low)…\(high)",
      bounds: high == .max ? "\(low) or more" : "\(low)…\(high)",
      read: { Int($0).flatMap { range.contains($0) ? $0 : nil } }, write: { "\($0)" })
  }
}

extension Domain<Double> {
  /// Finite numbers in a range; a bound of 1e30 or more counts as none.
  public static func number(_ range: ClosedRange<Double>) -> Domain {
    let (low, high) = (range.lowerBound, range.upperBound)
    let bounds = "\(shortText(low))…\(shortText(high))"
    let phrase =
      switch (low <= -1e30, high >= 1e30) {
      case (true, true): "a number"
      case (false, true): "a number from \(shortText(low))"
      default: "a number in \(bounds)"
      }
    return Domain(
      phrase, bounds: bounds,
      read: { Double($0).flatMap { $0.isFinite && range.contains($0) ? $0 : nil } },
      write: shortText)
  }

  /// The fewest digits that identify a number, without `.0`.
  private static func shortText(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Domain<[Int]> {
  /// Lists of whole numbers with commas between, such as `16,32,64`.
  ///
  /// - Parameters:
  ///   - range: What each number lies in.
  ///   - count: How many there are.
  /// - Returns: The domain.
  public static func wholes(_ range: ClosedRange<Int>, count: ClosedRange<Int>) -> Domain {
    let bounds = "\(range.lowerBound)…\(range.upperBound)"
    let counts =
      count.count == 1 ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
    return Domain(
      "\(counts) whole numbers in \(bounds), separated by commas",
      read: { text in
        let parts = text.split(separator: ",").map { Int($0.filter { $0 != " " }) }
        let numbers = parts.compactMap(\.self)
        let isValid =
          numbers.count == parts.count && count.contains(numbers.count)
          && numbers.allSatisfy(range.contains)
        return isValid ? numbers : nil
      },
      write: { $0.map(String.init).joined(separator: ",") })
  }
}
