package import Figures

/// Mean scores while more and more of an input is hidden or shown, a curve for each map, in panels such
/// as deletion and insertion.
package struct CurveFigure: Figure, Hashable {
  /// One curve.
  package struct Curve: Hashable, Sendable {
    /// The method and layer, or the control.
    package var name: String

    /// What is written behind the name, such as its area; may be empty.
    package var note: String

    /// Where its values lie, rising.
    package var fractions: [Double]

    /// The values.
    package var values: [Double]

    /// The lower and upper end of each value's interval; nil for no band.
    package var band: Band?

    /// Whether it is a control, which is dashed.
    package var isControl: Bool

    package init(
      name: String, note: String = "", fractions: [Double], values: [Double], band: Band? = nil,
      isControl: Bool = false
    ) {
      self.name = name
      self.note = note
      self.fractions = fractions
      self.values = values
      self.band = band
      self.isControl = isControl
    }
  }

  /// What lies about a curve.
  package struct Band: Hashable, Sendable {
    /// The lower ends.
    package var low: [Double]

    /// The upper ends, none below its lower one.
    package var high: [Double]

    package init(low: [Double], high: [Double]) {
      self.low = low
      self.high = high
    }
  }

  /// Curves over one axis.
  package struct Panel: Hashable, Sendable {
    /// What is done, such as deletion.
    package var name: String

    /// What else should be known, such as that lower is better.
    package var note: String

    /// What the fractions are of, such as the share of positions that is hidden.
    package var axisLabel: String

    /// Whether the axis counts, so that only whole numbers stand at it.
    package var isCounted: Bool

    /// The curves in the order of their numbers, such as best first.
    package var curves: [Curve]

    package init(
      name: String, note: String = "", axisLabel: String, isCounted: Bool = false, curves: [Curve]
    ) {
      self.name = name
      self.note = note
      self.axisLabel = axisLabel
      self.isCounted = isCounted
      self.curves = curves
    }
  }

  /// The panels from top to bottom.
  package let panels: [Panel]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What the values are.
  package let valueLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many panels, curves or points, counts differ,
  ///   fractions do not rise, or a value is not finite.
  package init(
    panels: [Panel], title: String, subtitle: String = "", valueLabel: String
  ) throws(FigureError) {
    try FigureCheck.number(panels.count, in: 1...4, "panels")
    for panel in panels {
      try FigureCheck.number(panel.curves.count, in: 1...60, "curves of \(panel.name)")
      for curve in panel.curves { try Self.check(curve) }
    }
    self.panels = panels
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  private static func check(_ curve: Curve) throws(FigureError) {
    try FigureCheck.number(curve.fractions.count, in: 2...2000, "points of \(curve.name)")
    try FigureCheck.finite(curve.fractions, "\(curve.name), fractions")
    try FigureCheck.values(curve.values, curve.fractions.count, curve.name)
    if zip(curve.fractions, curve.fractions.dropFirst()).contains(where: { $0 >= $1 }) {
      throw FigureError(.invalidValue, "\(curve.name): its fractions do not rise")
    }
    guard let band = curve.band else { return }
    try FigureCheck.values(band.low, curve.fractions.count, "\(curve.name), lower ends")
    try FigureCheck.values(band.high, curve.fractions.count, "\(curve.name), upper ends")
    if zip(band.low, band.high).contains(where: { $0 > $1 }) {
      throw FigureError(.invalidValue, "\(curve.name): a lower end lies above its upper one")
    }
  }

  package func drawing() -> any Drawing { CurveDrawing(self) }
}
