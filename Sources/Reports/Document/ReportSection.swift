/// A part of a report with a heading.
public struct ReportSection: Sendable, Hashable {
  /// The heading.
  public var title: String

  /// What stands under it.
  public var blocks: [ReportBlock]

  /// Parts with headings of their own, one level down.
  public var parts: [Part]

  /// A part of a section.
  public struct Part: Sendable, Hashable {
    /// The heading.
    public var title: String

    /// What stands under it.
    public var blocks: [ReportBlock]

    /// Creates a part.
    ///
    /// - Parameters:
    ///   - title: The heading.
    ///   - blocks: What stands under it.
    public init(_ title: String, _ blocks: [ReportBlock]) {
      self.title = title
      self.blocks = blocks
    }
  }

  /// Creates a section.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - blocks: What stands under it.
  ///   - parts: Parts with headings of their own.
  public init(_ title: String, _ blocks: [ReportBlock], parts: [Part] = []) {
    self.title = title
    self.blocks = blocks
    self.parts = parts
  }
}

/// Something in a section.
public enum ReportBlock: Sendable, Hashable {
  /// Some sentences.
  case paragraph(String)
  /// Points, one line each.
  case list([String])
  /// Terms with what is said about them.
  case statements([ReportStatement])
  /// A figure with its caption.
  case figure(ReportFigure)
  /// A table.
  case table(ReportTable)
  /// Something that should not be missed.
  case notice(ReportStatement)
  /// Lines that are typed as they are.
  case commands([String])
}

/// A figure with what is written under it.
public struct ReportFigure: Sendable, Hashable {
  /// A short name, such as that of its file.
  public var name: String

  /// The bytes of an SVG file.
  public var graphic: [UInt8]

  /// What is written under it.
  public var caption: String

  /// What the figure shows, for readers who do not see it.
  public var alternative: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - name: A short name.
  ///   - graphic: The bytes of an SVG file that refers to nothing outside of it.
  ///   - caption: What is written under it.
  ///   - alternative: What the figure shows, for readers who do not see it; not empty.
  public init(name: String, graphic: [UInt8], caption: String, alternative: String) {
    self.name = name
    self.graphic = graphic
    self.caption = caption
    self.alternative = alternative
  }
}

/// A table whose first column names the rows.
public struct ReportTable: Sendable, Hashable {
  /// A column.
  public struct Column: Sendable, Hashable {
    /// What stands over it.
    public var head: String

    /// Whether it holds numbers, which stand at the right.
    public var isNumeric: Bool

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - head: What stands over it.
    ///   - isNumeric: Whether it holds numbers.
    public init(_ head: String, isNumeric: Bool = false) {
      self.head = head
      self.isNumeric = isNumeric
    }
  }

  /// How a cell stands out among others.
  public enum Tone: String, Sendable, Hashable {
    /// As all do.
    case plain
    /// Bold, such as the best.
    case strong
    /// Gray, such as what says nothing.
    case faint
  }

  /// What the table holds.
  public var caption: String

  /// The columns.
  public var columns: [Column]

  /// The cells, one per column in every row.
  public var rows: [[String]]

  /// How cells stand out, one tone for each; empty where none does.
  ///
  /// Tones are no more than a help to the eye: texts say the same.
  public var tones: [[Tone]] = []

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - caption: What it holds.
  ///   - columns: The columns; the first one names the rows.
  ///   - rows: The cells, one per column in every row.
  public init(_ caption: String, columns: [Column], rows: [[String]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}
