package import Figures

/// Paired differences of methods from a reference with their intervals, a row for each, in groups such as
/// layers.
package struct ForestFigure: Figure, Hashable {
  /// One difference.
  package struct Row: Hashable, Sendable {
    /// The method.
    package var name: String

    /// Its value minus that of the reference.
    package var difference: Double

    /// The confidence interval of the difference, if there is one.
    package var interval: ClosedRange<Double>?

    /// Whether it is a control, which is drawn gray.
    package var isControl: Bool

    package init(
      name: String, difference: Double, interval: ClosedRange<Double>? = nil,
      isControl: Bool = false
    ) {
      self.name = name
      self.difference = difference
      self.interval = interval
      self.isControl = isControl
    }
  }

  /// Rows that belong together.
  package struct Group: Hashable, Sendable {
    /// The layer, or what else they share; empty for no heading.
    package var name: String

    /// The rows from top to bottom.
    package var rows: [Row]

    package init(name: String = "", rows: [Row]) {
      self.name = name
      self.rows = rows
    }
  }

  /// Which differences are better.
  package enum Better: Hashable, Sendable {
    /// Those above zero.
    case higher
    /// Those below zero.
    case lower
    /// Neither.
    case neither
  }

  /// The groups from top to bottom.
  package let groups: [Group]

  /// What is subtracted.
  package let reference: String

  /// Which differences are better.
  package let better: Better

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What the values are, with their unit.
  package let valueLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many rows, or a value is not finite.
  package init(
    groups: [Group], reference: String, better: Better, title: String, subtitle: String = "",
    valueLabel: String
  ) throws(FigureError) {
    try FigureCheck.number(groups.flatMap(\.rows).count, in: 1...400, "differences")
    for row in groups.flatMap(\.rows) {
      try FigureCheck.finite([row.difference], row.name)
      try FigureCheck.interval(row.interval, "\(row.name), interval")
    }
    self.groups = groups
    self.reference = reference
    self.better = better
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  package func drawing() -> any Drawing { ForestDrawing(self) }
}
