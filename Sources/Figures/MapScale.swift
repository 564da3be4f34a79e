package import ImageData

/// How the values of a map are brought to the range of a color map.
public enum MapScale: String, Codable, Hashable, Sendable, CaseIterable {
  /// The positive part divided by its maximum; negative values count as zero.
  case positive

  /// All values divided by the largest absolute value; zero stays in the middle.
  case signed

  /// The scale that suits a map: signed when a value lies below zero by more than rounding.
  ///
  /// - Parameter values: The raw values.
  public init(fitting values: [Float]) {
    let lowest = values.min() ?? 0
    let largest = values.reduce(Float(0)) { max($0, abs($1)) }
    self = lowest < -1e-6 * largest ? .signed : .positive
  }
}

/// The values of a map with their range, checked once.
package struct ScaledMap: Hashable, Sendable {
  /// The raw values.
  package let values: [Float]

  /// How they are scaled.
  package let scale: MapScale

  /// The smallest raw value.
  let lowest: Float

  /// The largest raw value.
  let highest: Float

  /// What is divided by.
  let divisor: Float

  /// The largest value that is shown: of the positive part, or of both signs.
  var magnitude: Float { scale == .positive ? max(0, highest) : max(abs(lowest), abs(highest)) }

  /// Checks a map.
  ///
  /// - Parameters:
  ///   - values: At least one; all finite.
  ///   - scale: How they are scaled.
  /// - Throws: `FigureError` naming the first value that is not finite.
  package init(_ values: [Float], scale: MapScale) throws(FigureError) {
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw FigureError(
        .notFinite, "the map holds \(values[index]) at element \(index); it cannot be drawn")
    }
    let (lowest, highest) = (values.min() ?? 0, values.max() ?? 0)
    let magnitude = scale == .positive ? max(0, highest) : max(abs(lowest), abs(highest))
    self.init(
      values: values, scale: scale, lowest: lowest, highest: highest, divisor: magnitude)
  }

  private init(values: [Float], scale: MapScale, lowest: Float, highest: Float, divisor: Float) {
    self.values = values
    self.scale = scale
    self.lowest = lowest
    self.highest = highest
    self.divisor = divisor
  }

  /// The same map divided by something else; values beyond it get the last color.
  func divided(by divisor: Float) -> ScaledMap {
    ScaledMap(values: values, scale: scale, lowest: lowest, highest: highest, divisor: divisor)
  }

  /// The same map with colors that end at the magnitude below which 99.5 % of the values lie, where the
  /// largest is more than twice that.
  ///
  /// A few points would leave all others pale, as they do in maps of single pixels. Maps of less than a thousand
  /// values stay as they are.
  package func saturated() -> ScaledMap {
    guard values.count >= 1000, divisor == magnitude else { return self }
    let magnitudes = values.map { scale == .positive ? max(0, $0) : abs($0) }.sorted()
    let limit = magnitudes[magnitudes.count * 995 / 1000]
    return limit > 0 && magnitude > 2 * limit ? divided(by: limit) : self
  }

  /// Whether values lie beyond the ends of the colors.
  package var isSaturated: Bool { divisor < magnitude }

  /// The same map on another grid: range and scale stay those of the raw values.
  func resampled(_ values: [Float]) -> ScaledMap {
    ScaledMap(values: values, scale: scale, lowest: lowest, highest: highest, divisor: divisor)
  }

  /// Whether there is nothing to show.
  package var isEmpty: Bool { magnitude == 0 }

  /// Whether a value lies above zero.
  var hasPositive: Bool { highest > 0 }

  /// What is written when there is nothing to show.
  package var emptyNote: String { scale == .positive ? "no positive evidence" : "no evidence" }

  /// The raw value at the lower end of the color bar.
  var barLow: Float { scale == .positive ? 0 : -divisor }

  /// A value in 0…1, or -1…1 when signed.
  func scaled(_ index: Int) -> Double {
    if divisor == 0 { return 0 }
    let value = min(1, max(-1, Double(values[index]) / Double(divisor)))
    return scale == .positive ? max(0, value) : value
  }

  /// What the color bar does not say.
  var statement: String {
    let range = "\(NumberText.short(Double(lowest))) to \(NumberText.short(Double(highest)))"
    if isEmpty { return "Map: \(range)." }
    if isSaturated { return "Colors end where 99.5 % of the values do. Map: \(range)." }
    return scale == .positive
      ? "Positive part, divided by its maximum. Map: \(range)."
      : "Colors symmetric about zero. Map: \(range)."
  }
}

extension ScaledMap {
  /// A picture and the map blended half and half; the plain picture when there is nothing to show.
  package func blended(over picture: Picture, _ colorMap: ColorMap) -> Picture {
    if isEmpty { return picture }
    let table = colorMap.table.map { SIMD4(UInt16($0[0]), UInt16($0[1]), UInt16($0[2]), 0) }
    var pixels = picture.pixels
    var samples = pixels.mutableSpan
    for index in values.indices {
      let value = scaled(index)
      let fraction = colorMap.isSigned ? (value + 1) / 2 : value
      // A number that is not negative is rounded by adding one half.
      let color = table[Int(fraction * 255 + 0.5)]
      let place = 3 &* index
      samples[place] = UInt8(truncatingIfNeeded: (UInt16(samples[place]) &+ color.x &+ 1) / 2)
      samples[place &+ 1] = UInt8(
        truncatingIfNeeded: (UInt16(samples[place &+ 1]) &+ color.y &+ 1) / 2)
      samples[place &+ 2] = UInt8(
        truncatingIfNeeded: (UInt16(samples[place &+ 2]) &+ color.z &+ 1) / 2)
    }
    return Picture(width: picture.width, height: picture.height, pixels: pixels)
  }
}
