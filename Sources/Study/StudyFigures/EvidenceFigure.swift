public import Figures
public import ImageData
public import SpectralData

/// Several kinds of evidence about the same axis above each other, with bands marked through all.
public struct EvidenceFigure: Figure, Hashable {
  /// One curve along the axis.
  public struct Panel: Hashable, Sendable {
    /// What the curve shows.
    public var title: String

    /// What else is said about it, such as its unit or scale.
    public var note: String

    /// One value per position.
    ///
    /// Positive infinity is allowed unless the panel is signed; it is drawn at the upper edge and
    /// marked.
    public var values: [Double]

    /// The standard deviation of the values, if it is to be drawn.
    public var deviation: [Double]?

    /// Whether values are drawn as red and blue areas about zero, else as a line.
    public var isSigned: Bool

    /// A level that matters, such as 1 for VIP; nil for none.
    public var reference: Double?

    /// Creates a panel.
    ///
    /// - Parameters:
    ///   - title: What the curve shows.
    ///   - note: What else is said about it.
    ///   - values: One value per position; positive infinity is allowed unless the panel is signed.
    ///   - deviation: The standard deviation of the values, none below zero.
    ///   - isSigned: Whether values are drawn as red and blue areas about zero, else as a line.
    ///   - reference: A level that matters.
    public init(
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
  public static let maximumPanelCount = 16

  /// The positions of all panels.
  public let axis: SpectralAxis

  /// The panels from top to bottom; the first one is higher.
  public let panels: [Panel]

  /// What is marked through all panels.
  public let bands: [FigureBand]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - axis: The positions of all panels.
  ///   - panels: 1…16 panels; usually the mean spectrum first.
  ///   - bands: What is marked through all panels.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  /// - Throws: `FigureError` when there are too few or too many panels, counts differ, a value cannot
  ///   be drawn, a deviation is below zero, or a band ends below its start.
  public init(
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

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try EvidenceDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try EvidenceDrawing(self).scalableGraphic()
  }
}
