import Catalogs

/// Shares of an input, as a user lists them in per cent.
struct ShareList: Hashable, Sendable {
  /// In per cent, more than 0 and less than 100, at least one.
  let percent: [Double]

  /// The same from 0 to 1.
  var shares: [Double] { percent.map { $0 / 100 } }

  /// Takes numbers that are in per cent.
  init(percent: [Double]) { self.percent = percent }

  /// Reads `2.5,5`; nothing is made of other texts.
  init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0.filter { $0 != " " })
    }
    let numbers = parts.compactMap(\.self)
    guard numbers.count == parts.count, (1...16).contains(numbers.count),
      numbers.allSatisfy({ $0 > 0 && $0 < 100 })
    else { return nil }
    percent = numbers
  }

  /// The text that is read as this list.
  var text: String {
    percent.map { Domain<Double>.number(0...100).text($0) }.joined(separator: ",")
  }
}

extension Domain<ShareList> {
  /// One to 16 shares in per cent with commas between.
  static var shares: Domain {
    Domain(
      "1 to 16 numbers in 0…100, separated by commas", read: { ShareList($0) }, write: \.text)
  }
}
