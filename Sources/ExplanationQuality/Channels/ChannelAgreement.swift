import Catalogs
import Statistics

/// How far numbers that a method gives channels agree with what these do.
enum ChannelAgreement: String, CaseIterable {
  /// The correlation of ranks.
  case spearman
  /// The correlation of values.
  case pearson
  /// Of the channels whose effect has a magnitude above the median, the share with the right sign; a
  /// number of 0, which says nothing, counts half.
  case signs
  /// Of the ten channels with the highest effects, the share among the ten with the highest numbers.
  case top

  private static let topCount = 10

  /// The agreement of numbers with effects; nil where it is not defined.
  func of(_ numbers: [Double], _ effects: [Double]) -> Double? {
    switch self {
    case .spearman: return Correlation.ofRanks(numbers, effects)
    case .pearson: return Correlation.of(numbers, effects)
    case .signs:
      let median = effects.map { abs($0) }.quantile(0.5)
      let strong = effects.indices.filter { abs(effects[$0]) > median }
      let agreement = strong.reduce(0.0) { sum, place in
        let product = numbers[place] * effects[place]
        return sum + (product > 0 ? 1 : numbers[place] == 0 ? 0.5 : 0)
      }
      return strong.isEmpty ? nil : agreement / Double(strong.count)
    case .top:
      guard effects.count > Self.topCount else { return nil }
      let shared = Self.highest(numbers).intersection(Self.highest(effects))
      return Double(shared.count) / Double(Self.topCount)
    }
  }

  /// The places of the highest numbers; of equal ones those that come first.
  private static func highest(_ numbers: [Double]) -> Set<Int> {
    let order = numbers.indices.sorted { (numbers[$1], $0) < (numbers[$0], $1) }
    return Set(order.prefix(topCount))
  }
}
