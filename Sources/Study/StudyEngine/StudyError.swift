/// Why a study could not be made.
public struct StudyError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case unsuitableData, invalidSetting
    }

    private let kind: Kind

    /// The spectra cannot be studied: no labels or values, too few, of one class.
    public static let unsuitableData = Code(kind: .unsuitableData)

    /// A setting makes no sense for these spectra.
    public static let invalidSetting = Code(kind: .invalidSetting)
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
