public import Figures
public import ImageData

/// Which classes a model takes for which, for one or several models.
public struct ConfusionFigure: Figure, Hashable {
  /// The counts of one model.
  public struct Matrix: Hashable, Sendable {
    /// The model.
    public var name: String

    /// For each true class how often each class was predicted.
    public var counts: [[Int]]

    /// Creates a matrix.
    ///
    /// - Parameters:
    ///   - name: The model.
    ///   - counts: For each true class, a row with how often each class was predicted.
    public init(name: String, counts: [[Int]]) {
      self.name = name
      self.counts = counts
    }
  }

  /// The names of the classes.
  public let labels: [String]

  /// The models.
  public let matrices: [Matrix]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - labels: The names of 1…60 classes.
  ///   - matrices: 1…8 models, each with as many rows and columns as there are classes.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  /// - Throws: `FigureError` when counts do not fit the classes or lie below zero.
  public init(
    labels: [String], matrices: [Matrix], title: String, subtitle: String = ""
  ) throws(FigureError) {
    try FigureCheck.number(labels.count, in: 1...60, "classes")
    try FigureCheck.number(matrices.count, in: 1...8, "matrices")
    for matrix in matrices {
      guard matrix.counts.count == labels.count,
        matrix.counts.allSatisfy({ $0.count == labels.count })
      else {
        throw FigureError(
          .shapeMismatch, "\(matrix.name): the counts do not fit \(labels.count) classes")
      }
      guard matrix.counts.allSatisfy({ $0.allSatisfy { $0 >= 0 } }) else {
        throw FigureError(.invalidValue, "\(matrix.name): a count lies below zero")
      }
    }
    self.labels = labels
    self.matrices = matrices
    self.title = title
    self.subtitle = subtitle
  }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try ConfusionDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try ConfusionDrawing(self).scalableGraphic()
  }
}
