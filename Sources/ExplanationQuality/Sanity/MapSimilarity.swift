import Catalogs
import Statistics

/// How alike two maps on one grid are.
enum MapSimilarity: String, CaseIterable {
  case spearman, pearson, ssim

  /// The similarity, at most 1; nil where it is not defined, as for what is not finite.
  func of(_ first: [Float], _ second: [Float]) -> Double? {
    guard first.allSatisfy(\.isFinite), second.allSatisfy(\.isFinite) else { return nil }
    let (first, second) = (first.map { Double($0) }, second.map { Double($0) })
    return switch self {
    case .spearman: Correlation.ofRanks(first, second)
    case .pearson: Correlation.of(first, second)
    case .ssim: Self.structure(first, second)
    }
  }

  /// The structural similarity of maps as wholes, each over its largest value without signs.
  ///
  /// Wang et al. 2004, IEEE Transactions on Image Processing 13, 600–612. Nil for a map of zeros.
  private static func structure(_ first: [Double], _ second: [Double]) -> Double? {
    guard let first = scaled(first), let second = scaled(second) else { return nil }
    let (mean, other) = (first.mean, second.mean)
    var (variance, otherVariance, covariance) = (0.0, 0.0, 0.0)
    for (x, y) in zip(first, second) {
      variance += (x - mean) * (x - mean)
      otherVariance += (y - other) * (y - other)
      covariance += (x - mean) * (y - other)
    }
    let count = Double(first.count)
    let (level, contrast) = (0.0001, 0.0009)
    return (2 * mean * other + level) * (2 * covariance / count + contrast)
      / ((mean * mean + other * other + level)
        * ((variance + otherVariance) / count + contrast))
  }

  private static func scaled(_ values: [Double]) -> [Double]? {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? values.map { $0 / largest } : nil
  }
}

extension Parameter<MapSimilarity> {
  static var similarity: Parameter {
    Parameter(
      "similarity",
      "how maps are compared: by the correlation of ranks or values, or by their structure as wholes",
      standard: .spearman)
  }
}
