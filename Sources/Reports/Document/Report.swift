/// A report for people: what was found, in words, numbers and figures.
///
/// All texts are plain; whatever characters they hold is shown as it is.
public struct Report: Sendable, Hashable {
  /// A number that stands out at the top.
  public struct KeyFigure: Sendable, Hashable {
    /// What the number is.
    public var label: String

    /// The number with its unit.
    public var value: String

    /// How sure it is, or what to compare it with; may be empty.
    public var note: String

    /// Creates a key figure.
    ///
    /// - Parameters:
    ///   - label: What the number is.
    ///   - value: The number with its unit.
    ///   - note: How sure it is, or what to compare it with.
    public init(label: String, value: String, note: String = "") {
      self.label = label
      self.value = value
      self.note = note
    }
  }

  /// What the report is about.
  public var title: String

  /// What was measured and when, in one line.
  public var subtitle: String

  /// The numbers at the top.
  public var keyFigures: [KeyFigure]

  /// The answers that most readers want: a short question or subject each, and what was found.
  public var findings: [ReportStatement]

  /// What readers should know before they trust the answers.
  public var cautions: [ReportStatement]

  /// The parts of the report.
  public var sections: [ReportSection]

  /// The last line, such as what made the report.
  public var footer: String

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - title: What the report is about.
  ///   - subtitle: What was measured, in one line.
  ///   - keyFigures: The numbers at the top.
  ///   - findings: The answers that most readers want.
  ///   - cautions: What readers should know before they trust the answers.
  ///   - sections: The parts of the report.
  ///   - footer: The last line.
  public init(
    title: String, subtitle: String = "", keyFigures: [KeyFigure] = [],
    findings: [ReportStatement] = [], cautions: [ReportStatement] = [],
    sections: [ReportSection] = [], footer: String = ""
  ) {
    self.title = title
    self.subtitle = subtitle
    self.keyFigures = keyFigures
    self.findings = findings
    self.cautions = cautions
    self.sections = sections
    self.footer = footer
  }

  /// All figures in their order.
  public var figures: [ReportFigure] {
    sections.flatMap { section in
      (section.blocks + section.parts.flatMap(\.blocks)).compactMap { block in
        guard case .figure(let figure) = block else { return nil }
        return figure
      }
    }
  }
}

/// A few words that say what it is about, and a text of some sentences.
public struct ReportStatement: Sendable, Hashable {
  /// What it is about: a term, a question, or a warning in a few words.
  public var subject: String

  /// What is said.
  public var text: String

  /// What is said point by point, after the text.
  public var points: [String]

  /// Creates a statement.
  ///
  /// - Parameters:
  ///   - subject: What it is about.
  ///   - text: What is said.
  ///   - points: What is said point by point, after the text.
  public init(_ subject: String, _ text: String, points: [String] = []) {
    self.subject = subject
    self.text = text
    self.points = points
  }
}
