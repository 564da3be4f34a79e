/// What figures ask of the values they are given.
package enum FigureCheck {
  /// What can be drawn without overflow.
  private static let greatestMagnitude = 1e30

  /// - Throws: `FigureError` naming the first value that is not finite.
  package static func finite(_ values: [Double], _ name: String) throws(FigureError) {
    guard
      let index = values.firstIndex(where: { !($0.isFinite && abs($0) <= greatestMagnitude) })
    else { return }
    throw FigureError(
      .notFinite, "\(name): element \(index) is \(values[index]); it cannot be drawn")
  }

  /// - Throws: `FigureError` when the count is another than wanted.
  package static func count(_ values: [Double], _ count: Int, _ name: String) throws(FigureError) {
    guard values.count == count else {
      throw FigureError(
        .shapeMismatch, "\(name): \(values.count) values, but \(count) are needed")
    }
  }

  /// - Throws: `FigureError` when counts differ or a value is not finite.
  package static func values(_ values: [Double], _ count: Int, _ name: String) throws(FigureError) {
    try self.count(values, count, name)
    try finite(values, name)
  }

  /// - Throws: `FigureError` when counts differ, or a value is not finite or below zero.
  package static func deviations(
    _ values: [Double]?, _ count: Int, _ name: String
  ) throws(FigureError) {
    guard let values else { return }
    try self.values(values, count, name)
    if let index = values.firstIndex(where: { $0 < 0 }) {
      throw FigureError(
        .invalidValue,
        "\(name): element \(index) is \(values[index]); a deviation is never below zero")
    }
  }

  /// - Throws: `FigureError` when there are fewer or more than can be drawn.
  package static func number(
    _ number: Int, in range: ClosedRange<Int>, _ name: String
  ) throws(FigureError) {
    if number < range.lowerBound {
      throw FigureError(
        .invalidValue, "\(number) \(name); at least \(range.lowerBound) must be given")
    }
    if number > range.upperBound {
      throw FigureError(
        .tooLarge, "\(number) \(name); one figure holds up to \(range.upperBound)")
    }
  }

  /// - Throws: `FigureError` naming the first band whose ends are not finite or in the wrong order.
  package static func bands(_ bands: [FigureBand]) throws(FigureError) {
    for (index, band) in bands.enumerated() {
      try finite([band.lower, band.upper, band.strength], "band \(index) (\(band.label))")
      guard band.lower <= band.upper else {
        throw FigureError(
          .invalidValue,
          "band \(index) (\(band.label)) starts at \(band.lower), above its end \(band.upper)")
      }
    }
  }

  /// - Throws: `FigureError` when an interval has an end that cannot be drawn.
  package static func interval(_ interval: ClosedRange<Double>?, _ name: String) throws(FigureError)
  {
    if let interval { try finite([interval.lowerBound, interval.upperBound], name) }
  }
}
