import Statistics

/// What a map says of parts of an input beside what the score loses without each.
struct RemovalAgreement {
  /// The sum of the map over each part.
  let sums: [Double]

  /// The score of the whole input less that without the part.
  let drops: [Double]

  /// Pearson's correlation; 0 where sums or drops are all alike.
  var correlation: Double { Correlation.of(sums, drops) ?? 0 }

  /// Spearman's correlation; 0 where sums or drops are all alike.
  var rankCorrelation: Double { Correlation.ofRanks(sums, drops) ?? 0 }

  /// The share of the squared drops that no multiple of the sums explains, 0…1; nil without drops.
  var unexplained: Double? {
    var (products, squares, dropSquares) = (0.0, 0.0, 0.0)
    for (sum, drop) in zip(sums, drops) {
      products += sum * drop
      squares += sum * sum
      dropSquares += drop * drop
    }
    guard dropSquares > 0 else { return nil }
    guard squares > 0 else { return 1 }
    return max(0, 1 - products * products / (squares * dropSquares))
  }
}
