package import Figures

/// Which classes a model takes for which, for one or several models.
package struct ConfusionFigure: Figure, Hashable {
  /// The counts of one model.
  package struct Matrix: Hashable, Sendable {
    /// The model.
    package var name: String

    /// For each true class how often each class was predicted.
    package var counts: [[Int]]

    package init(name: String, counts: [[Int]]) {
      self.name = name
      self.counts = counts
    }
  }

  /// The names of the classes.
  package let labels: [String]

  /// The models.
  package let matrices: [Matrix]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when counts do not fit the classes or lie below zero.
  package init(
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

  package func drawing() -> any Drawing { ConfusionDrawing(self) }
}
