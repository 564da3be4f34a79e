package import Figures

/// How alike metrics, or fills, rank methods: symmetric matrices of Kendall's τ with their numbers.
package struct AgreementFigure: Figure, Hashable {
  /// One matrix.
  package struct Matrix: Hashable, Sendable {
    /// What is compared.
    package var name: String

    /// The names of its rows and columns.
    package var labels: [String]

    /// The coefficients, −1…1; nil where there is none.
    package var values: [[Double?]]

    package init(name: String, labels: [String], values: [[Double?]]) {
      self.name = name
      self.labels = labels
      self.values = values
    }
  }

  /// The matrices from top to bottom.
  package let matrices: [Matrix]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many matrices or labels, one is not square, not
  ///   symmetric, or holds a value beyond −1…1.
  package init(
    matrices: [Matrix], title: String, subtitle: String = ""
  ) throws(FigureError) {
    try FigureCheck.number(matrices.count, in: 1...4, "matrices")
    for matrix in matrices { try Self.check(matrix) }
    self.matrices = matrices
    self.title = title
    self.subtitle = subtitle
  }

  private static func check(_ matrix: Matrix) throws(FigureError) {
    let count = matrix.labels.count
    try FigureCheck.number(count, in: 1...40, "labels of \(matrix.name)")
    guard matrix.values.count == count, matrix.values.allSatisfy({ $0.count == count }) else {
      throw FigureError(
        .shapeMismatch, "\(matrix.name): \(count) rows of \(count) values are needed")
    }
    for row in 0..<count {
      for column in 0..<count {
        let (value, mirrored) = (matrix.values[row][column], matrix.values[column][row])
        if let value, !(abs(value) <= 1 + 1e-9) {
          throw FigureError(
            .invalidValue, "\(matrix.name): \(value) in row \(row); a coefficient lies in −1…1")
        }
        guard abs((value ?? 2) - (mirrored ?? 2)) < 1e-9 else {
          throw FigureError(
            .invalidValue, "\(matrix.name): rows \(row) and \(column) differ from their columns")
        }
      }
    }
  }

  package func drawing() -> any Drawing { AgreementDrawing(self) }
}
