/// What is wrong with a report.
public struct ReportError: Error, Hashable, CustomStringConvertible {
  /// The kind of a problem.
  public struct Code: Hashable, Sendable {
    private enum Kind: String { case unsuitableGraphic, unevenTable, template }

    private let kind: Kind

    /// A figure is no SVG file, refers to something outside of it, or has names of another figure.
    public static let unsuitableGraphic = Code(kind: .unsuitableGraphic)

    /// A row of a table has another number of cells than there are columns.
    public static let unevenTable = Code(kind: .unevenTable)

    /// The page could not be put together.
    public static let template = Code(kind: .template)
  }

  /// The kind of the problem.
  public let code: Code

  /// What is wrong, where, and how to mend it.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
