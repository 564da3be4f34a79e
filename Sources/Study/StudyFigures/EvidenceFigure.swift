package import Figures
package import SpectralData

/// Several kinds of evidence about the same axis above each other, with bands marked through all.
package struct EvidenceFigure: Figure, Hashable {
  /// One curve along the axis.
  package struct Panel: Hashable, Sendable {
    /// What the curve shows.
    package var title: String

    /// What else is said about it, such as its unit or scale.
    package var note: String

    /// One value per position.
    ///
    /// Positive infinity is allowed unless the panel is signed; it is drawn at the upper edge and
    /// marked.
    package var values: [Double]

    /// The standard deviation of the values, if it is to be drawn.
    package var deviation: [Double]?

    /// Whether values are drawn as red and blue areas about zero, else as a line.
    package var isSigned: Bool

    /// A level that matters, such as 1 for VIP; nil for none.
    package var reference: Double?

    package init(
      title: String, note: String = "", values: [Double], deviation: [Double]? = nil,
      isSigned: Bool, reference: Double? = nil
    ) {
      self.title = title
      self.note = note
      self.values = values
      self.deviation = deviation
      self.isSigned = isSigned
      self.reference = reference
    }
  }

  /// The most panels one figure holds.
  package static let maximumPanelCount = 16

  /// The positions of all panels.
  package let axis: SpectralAxis

  /// The panels from top to bottom; the first one is higher.
  package let panels: [Panel]

  /// What is marked through all panels.
  package let bands: [FigureBand]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many panels, counts differ, a value cannot
  ///   be drawn, a deviation is below zero, or a band ends below its start.
  package init(
    axis: SpectralAxis, panels: [Panel], bands: [FigureBand] = [], title: String,
    subtitle: String = ""
  ) throws(FigureError) {
    try FigureCheck.number(panels.count, in: 1...Self.maximumPanelCount, "panels")
    for panel in panels {
      try FigureCheck.count(panel.values, axis.count, panel.title)
      let drawn = panel.isSigned ? panel.values : panel.values.map { $0 == .infinity ? 0 : $0 }
      try FigureCheck.finite(drawn, panel.title)
      try FigureCheck.deviations(panel.deviation, axis.count, "\(panel.title), deviation")
      if let reference = panel.reference {
        try FigureCheck.finite([reference], "\(panel.title), reference")
      }
    }
    try FigureCheck.bands(bands)
    self.axis = axis
    self.panels = panels
    self.bands = bands
    self.title = title
    self.subtitle = subtitle
  }

  package func drawing() -> any Drawing { EvidenceDrawing(self) }
}
