/// A straight line fitted by least squares.
public struct FittedLine: Hashable, Sendable {
  /// The change of `y` per unit of `x`.
  public let slope: Double

  /// The value of `y` where `x` is zero.
  public let intercept: Double

  /// The squared correlation of `x` and `y`, 0…1; nil when `y` does not vary.
  public let determination: Double?

  /// The standard deviation of `y` about the line, with two degrees of freedom less than points;
  /// nil for two points.
  public let residualDeviation: Double?

  /// Fits a line; nil when `x` does not vary or the counts differ.
  ///
  /// - Parameters:
  ///   - x: At least two values that differ.
  ///   - y: As many values.
  public init?(x: [Double], y: [Double]) {
    guard x.count == y.count, x.count >= 2 else { return nil }
    let (meanX, meanY) = (x.mean, y.mean)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for index in x.indices {
      let (dx, dy) = (x[index] - meanX, y[index] - meanY)
      xx += dx * dx
      xy += dx * dy
      yy += dy * dy
    }
    guard xx > 0 else { return nil }
    slope = xy / xx
    intercept = meanY - slope * meanX
    determination = yy > 0 ? min(1, xy * xy / (xx * yy)) : nil
    var residual = 0.0
    for index in x.indices {
      let difference = y[index] - meanY - slope * (x[index] - meanX)
      residual += difference * difference
    }
    residualDeviation = x.count > 2 ? (residual / Double(x.count - 2)).squareRoot() : nil
  }
}
