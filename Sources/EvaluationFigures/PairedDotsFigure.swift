package import Figures

/// The value of each input for several methods: a dot for each, with lines that join those of one input.
package struct PairedDotsFigure: Figure, Hashable {
  /// The values of one method.
  package struct Column: Hashable, Sendable {
    /// The method, or the control.
    package var name: String

    /// One value for each input; nil where there is none.
    package var values: [Double?]

    /// The confidence interval of the mean, if there is one.
    package var interval: ClosedRange<Double>?

    /// Whether it is a control, which is drawn gray.
    package var isControl: Bool

    package init(
      name: String, values: [Double?], interval: ClosedRange<Double>? = nil,
      isControl: Bool = false
    ) {
      self.name = name
      self.values = values
      self.interval = interval
      self.isControl = isControl
    }
  }

  /// The methods from left to right.
  package let columns: [Column]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What the values are, with their unit.
  package let valueLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many methods or inputs, counts differ, or a
  ///   value is not finite.
  package init(
    columns: [Column], title: String, subtitle: String = "", valueLabel: String
  ) throws(FigureError) {
    try FigureCheck.number(columns.count, in: 1...20, "methods")
    let count = columns[0].values.count
    try FigureCheck.number(count, in: 1...20_000, "inputs")
    for column in columns {
      guard column.values.count == count else {
        throw FigureError(
          .shapeMismatch, "\(column.name): \(column.values.count) values, but \(count) are needed")
      }
      try FigureCheck.finite(column.values.compactMap(\.self), column.name)
      try FigureCheck.interval(column.interval, "\(column.name), interval")
    }
    self.columns = columns
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  package func drawing() -> any Drawing { PairedDotsDrawing(self) }
}
