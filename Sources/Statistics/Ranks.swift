/// Places of values in their order.
package enum Ranks {
  /// The rank of every value, from 1 for the least; equal values share the mean of their ranks.
  package static func of(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    for tie in ties(values, order) {
      for place in tie { ranks[order[place]] = Double(tie.lowerBound + tie.upperBound + 1) / 2 }
    }
    return ranks
  }

  /// `Σ (t³ − t)` over groups of `t` equal values, which corrections for ties are made of.
  package static func tieTerm(_ values: [Double]) -> Double {
    let order = values.indices.sorted { values[$0] < values[$1] }
    return ties(values, order).reduce(0) {
      let count = Double($1.count)
      return $0 + count * count * count - count
    }
  }

  /// Stretches of equal values in an order.
  private static func ties(_ values: [Double], _ order: [Int]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    for place in 1...max(1, order.count) where start < order.count {
      if place < order.count, values[order[place]] == values[order[start]] { continue }
      result.append(start..<place)
      start = place
    }
    return result
  }
}

extension Correlation {
  /// Spearman's rank correlation, −1…1; nil when either does not vary.
  package static func ofRanks(_ first: [Double], _ second: [Double]) -> Double? {
    of(Ranks.of(first), Ranks.of(second))
  }

  /// Kendall's τ-b: pairs in the same order less pairs in opposite order, over all pairs without ties
  /// in either; nil when either does not vary.
  package static func ofPairs(_ first: [Double], _ second: [Double]) -> Double? {
    var (sum, varied, otherVaried) = (0.0, 0.0, 0.0)
    for place in first.indices {
      for other in 0..<place {
        let sign = order(first[place], first[other])
        let otherSign = order(second[place], second[other])
        sum += sign * otherSign
        varied += abs(sign)
        otherVaried += abs(otherSign)
      }
    }
    let scale = (varied * otherVaried).squareRoot()
    return scale > 0 ? sum / scale : nil
  }

  private static func order(_ value: Double, _ other: Double) -> Double {
    value > other ? 1 : value < other ? -1 : 0
  }
}
