/// What went wrong when tensors were read or written.
public struct TensorError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case malformedFile, unsupportedFile, unreadable, unwritable, unknownName
    }

    private let kind: Kind

    /// The bytes are not what the format says.
    public static let malformedFile = Code(kind: .malformedFile)

    /// The file is sound but holds what Vitrine does not read.
    public static let unsupportedFile = Code(kind: .unsupportedFile)

    /// The file cannot be opened.
    public static let unreadable = Code(kind: .unreadable)

    /// The file cannot be written.
    public static let unwritable = Code(kind: .unwritable)

    /// The file holds no array of the name that was asked for.
    public static let unknownName = Code(kind: .unknownName)
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
