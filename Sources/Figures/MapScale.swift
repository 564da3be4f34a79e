/// How the values of a map are brought to the range of a color map.
public enum MapScale: String, Codable, Hashable, Sendable, CaseIterable {
  /// The positive part divided by its maximum; negative values count as zero.
  case positive

  /// All values divided by the largest absolute value; zero stays in the middle.
  case signed
}

/// The values of a map with their range, checked once.
struct ScaledMap: Hashable, Sendable {
  /// The raw values.
  let values: [Float]

  /// How they are scaled.
  let scale: MapScale

  /// The smallest raw value.
  let lowest: Float

  /// The largest raw value.
  let highest: Float

  /// What is divided by; zero when nothing can be shown.
  let divisor: Float

  /// Checks a map.
  ///
  /// - Parameters:
  ///   - values: At least one; all finite.
  ///   - scale: How they are scaled.
  /// - Throws: `FigureError` naming the first value that is not finite.
  init(_ values: [Float], scale: MapScale) throws(FigureError) {
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw FigureError(
        .notFinite, "the map holds \(values[index]) at element \(index); it cannot be drawn")
    }
    self.values = values
    self.scale = scale
    lowest = values.min() ?? 0
    highest = values.max() ?? 0
    divisor = scale == .positive ? max(0, highest) : max(abs(lowest), abs(highest))
  }

  /// Whether there is nothing to show.
  var isEmpty: Bool { divisor == 0 }

  /// What is written when there is nothing to show.
  var emptyNote: String { scale == .positive ? "no positive evidence" : "no evidence" }

  /// The raw value at the lower end of the color bar.
  var barLow: Float { scale == .positive ? 0 : -divisor }

  /// A value in 0…1, or -1…1 when signed.
  func scaled(_ index: Int) -> Double {
    if divisor == 0 { return 0 }
    let value = Double(values[index]) / Double(divisor)
    return scale == .positive ? max(0, value) : value
  }

  /// What the color bar does not say.
  var statement: String {
    let range = "\(NumberText.short(Double(lowest))) to \(NumberText.short(Double(highest)))"
    if isEmpty { return "Map: \(range)." }
    return scale == .positive
      ? "Positive part, divided by its maximum. Map: \(range)."
      : "Colors symmetric about zero. Map: \(range)."
  }
}
