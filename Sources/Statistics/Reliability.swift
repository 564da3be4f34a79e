/// How well a figure separates methods on single units, such as pictures.
///
/// Rows are units, columns methods.
package struct Reliability: Hashable, Sendable {
  /// The intraclass correlation of methods, as they are judged by units.
  ///
  /// Of the variance that is left when every unit's mean is taken away, the share that lies between
  /// methods: ICC(3,1) of P. E. Shrout, J. L. Fleiss, Psychological Bulletin 86 (1979) 420–428. Below zero
  /// where there is less than by chance; nil where nothing varies.
  package let intraclassCorrelation: Double?

  /// Kendall's W of the ranks of methods, with correction for ties; nil where all are tied.
  ///
  /// 0 where units agree on nothing, 1 where they agree on all.
  package let concordance: Double?

  /// Judges scores.
  ///
  /// - Parameter scores: For each unit the score of every method; at least two of both.
  package init(_ scores: [[Double]]) {
    let (units, methods) = (Double(scores.count), Double(scores.first?.count ?? 0))
    precondition(units >= 2 && methods >= 2, "at least two units and two methods")
    intraclassCorrelation = Self.intraclassCorrelation(scores, units, methods)
    concordance = Self.concordance(scores.map(Ranks.of), scores, units, methods)
  }

  private static func intraclassCorrelation(
    _ scores: [[Double]], _ units: Double, _ methods: Double
  ) -> Double? {
    let ofMethods = scores.columnMeans
    let ofUnits = scores.map(\.mean)
    let mean = ofMethods.mean
    let between = units * ofMethods.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (methods - 1)
    var residual = 0.0
    for (row, ofUnit) in zip(scores, ofUnits) {
      for (score, ofMethod) in zip(row, ofMethods) {
        let rest = score - ofUnit - ofMethod + mean
        residual += rest * rest
      }
    }
    residual /= (methods - 1) * (units - 1)
    let scale = between + (units - 1) * residual
    return scale > 0 ? (between - residual) / scale : nil
  }

  private static func concordance(
    _ ranks: [[Double]], _ scores: [[Double]], _ units: Double, _ methods: Double
  ) -> Double? {
    let sums = ranks.columnMeans.map { $0 * units }
    let mean = units * (methods + 1) / 2
    let squares = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let ties = scores.reduce(0) { $0 + Ranks.tieTerm($1) }
    let scale = units * units * (methods * methods * methods - methods) - units * ties
    return scale > 0 ? 12 * squares / scale : nil
  }
}
