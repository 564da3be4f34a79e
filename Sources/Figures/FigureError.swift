/// What went wrong when a figure was drawn.
public struct FigureError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable { case shapeMismatch, notFinite, invalidValue, tooLarge, drawing }

    private let kind: Kind

    /// A map does not have the extents of what it is drawn on.
    public static let shapeMismatch = Code(kind: .shapeMismatch)

    /// A map holds NaN or an infinity.
    public static let notFinite = Code(kind: .notFinite)

    /// A value or a count lies outside what it can be, such as a share above one.
    public static let invalidValue = Code(kind: .invalidValue)

    /// There is more than one picture can hold.
    public static let tooLarge = Code(kind: .tooLarge)

    /// The drawing library reports a failure.
    public static let drawing = Code(kind: .drawing)
  }

  /// The kind of failure.
  public let code: Code

  /// What is wrong, where, and how to mend it.
  public let description: String

  /// Creates an error.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
