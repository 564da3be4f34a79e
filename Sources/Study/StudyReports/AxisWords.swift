import SpectralData

/// Positions along an axis as they are written in sentences and tables.
struct AxisWords {
  let axis: SpectralAxis

  /// A position without its unit.
  func number(_ value: Double) -> String {
    if axis.unit == .index { return Words.decimals(value, 0) }
    let step = (axis.range.upperBound - axis.range.lowerBound) / Double(max(1, axis.count - 1))
    return Words.decimals(value, step >= 0.5 ? 0 : step >= 0.05 ? 1 : 2)
  }

  /// A length along the axis, rounded up.
  func length(_ value: Double) -> String {
    let step = (axis.range.upperBound - axis.range.lowerBound) / Double(max(1, axis.count - 1))
    let unit = axis.unit == .index || step >= 0.5 ? 1 : step >= 0.05 ? 0.1 : 0.01
    return number((value / unit - 1e-9).rounded(.up) * unit)
  }

  /// A position in a sentence.
  func place(_ value: Double) -> String {
    axis.unit == .index ? "point " + number(value) : number(value) + "\u{A0}" + axis.unit.symbol
  }

  /// From where to where, without the unit.
  func range(_ lower: Double, _ upper: Double) -> String { number(lower) + "–" + number(upper) }

  /// A head for columns of positions.
  func head(_ text: String) -> String {
    axis.unit == .index ? text + " (point)" : text + " (" + axis.unit.symbol + ")"
  }

  /// The axis in a sentence.
  var span: String {
    let ends = range(axis.range.lowerBound, axis.range.upperBound)
    return axis.unit == .index ? "points \(ends)" : "\(ends)\u{A0}\(axis.unit.symbol)"
  }

  /// How to say what the axis is.
  var advice: String {
    let counts = axis.positions.indices.allSatisfy {
      axis.positions[$0] == axis.positions[0] + Double($0)
    }
    return counts && axis.positions[0] <= 1
      ? "Give the axis with --axis FIRST:LAST --unit cm-1." : "Give the unit with --unit cm-1."
  }
}
