/// What went wrong when models were fitted, samples were split or bands were read.
public struct ChemometricsError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case lengthMismatch, notFinite, tooFewSamples, noVariation, invalidSettings, libraryFailure
      case unreadable, malformedFile
    }

    private let kind: Kind

    /// Rows, columns, labels or groups do not go together.
    public static let lengthMismatch = Code(kind: .lengthMismatch)

    /// A number is infinite or not a number.
    public static let notFinite = Code(kind: .notFinite)

    /// There are too few samples, groups or classes for what was asked.
    public static let tooFewSamples = Code(kind: .tooFewSamples)

    /// What the model needs to vary is constant.
    public static let noVariation = Code(kind: .noVariation)

    /// A setting cannot be applied.
    public static let invalidSettings = Code(kind: .invalidSettings)

    /// The linear algebra library found no solution.
    public static let libraryFailure = Code(kind: .libraryFailure)

    /// A file cannot be opened.
    public static let unreadable = Code(kind: .unreadable)

    /// A file is not what its format says.
    public static let malformedFile = Code(kind: .malformedFile)
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
