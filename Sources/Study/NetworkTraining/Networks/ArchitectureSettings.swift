import Catalogs

extension Domain<Int> {
  /// Odd whole numbers in a range.
  static func odd(_ range: ClosedRange<Int>) -> Domain {
    let all = whole(range)
    return Domain(
      "an odd whole number in \(range.lowerBound)…\(range.upperBound)", bounds: all.bounds,
      read: { (text) throws(SettingsError) in
        try all.value(text).flatMap { $0 % 2 == 1 ? $0 : nil }
      },
      write: all.text)
  }
}

extension Domain<[Int]> {
  /// Lists of odd whole numbers with commas between.
  static func odds(_ range: ClosedRange<Int>, count: ClosedRange<Int>) -> Domain {
    let all = wholes(range, count: count)
    return Domain(
      "odd, \(all.phrase)",
      read: { (text) throws(SettingsError) in
        try all.value(text).flatMap { $0.allSatisfy { $0 % 2 == 1 } ? $0 : nil }
      },
      write: all.text)
  }
}

extension Domain<Float> {
  /// Shares from 0 up to, but not including, 1.
  static var share: Domain {
    Domain(
      "a number from 0 to less than 1",
      read: { Float($0).flatMap { (0..<1).contains($0) ? $0 : nil } }, write: { "\($0)" })
  }
}

extension Parameter {
  /// The name with the text of a value.
  func named(_ value: Value) -> (String, String) { (name, domain.text(value)) }
}

extension [String: String] {
  /// Settings as text, by their names.
  init(_ settings: (String, String)...) { self.init(uniqueKeysWithValues: settings) }
}
