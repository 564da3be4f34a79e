/// Why a workflow could not do what was asked.
public struct WorkflowError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable { case unreadable, unwritable, invalidSetting, unsuitableInput }

    private let kind: Kind

    /// A file or folder cannot be read, or there is nothing to read in it.
    public static let unreadable = Code(kind: .unreadable)

    /// A file or folder cannot be written.
    public static let unwritable = Code(kind: .unwritable)

    /// A setting has no such value, or does not fit the network.
    public static let invalidSetting = Code(kind: .invalidSetting)

    /// An input does not fit the network.
    public static let unsuitableInput = Code(kind: .unsuitableInput)
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
