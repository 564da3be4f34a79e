/// Why a network could not be made, trained, saved or resumed.
public struct LearningError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case invalidData, invalidSetting, diverged, unsuitableCheckpoint
    }

    private let kind: Kind

    /// Spectra or targets cannot be trained on: none, of unequal length, not finite, of one class.
    public static let invalidData = Code(kind: .invalidData)

    /// A setting of a network or of the training makes no sense.
    public static let invalidSetting = Code(kind: .invalidSetting)

    /// The loss is no longer a number.
    public static let diverged = Code(kind: .diverged)

    /// A checkpoint is damaged or belongs to another training.
    public static let unsuitableCheckpoint = Code(kind: .unsuitableCheckpoint)
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
