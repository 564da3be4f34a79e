/// Why a model could not be explained.
public struct ExplanationError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case unknownLayer, unknownTarget, unknownMethod, invalidSetting, unsuitableModel
      case unsuitableInput, malformedSideFile, unwritable, unknownOutput
    }

    private let kind: Kind

    /// No layer has that name, or it has no positions.
    public static let unknownLayer = Code(kind: .unknownLayer)

    /// No output has that name, or it is not what is said of it.
    public static let unknownOutput = Code(kind: .unknownOutput)

    /// No class has that name or index.
    public static let unknownTarget = Code(kind: .unknownTarget)

    /// No method has that name.
    public static let unknownMethod = Code(kind: .unknownMethod)

    /// A setting of a method does not exist or has no such value.
    public static let invalidSetting = Code(kind: .invalidSetting)

    /// The network is not one that can be explained this way.
    public static let unsuitableModel = Code(kind: .unsuitableModel)

    /// The input does not fit the network, or is not finite.
    public static let unsuitableInput = Code(kind: .unsuitableInput)

    /// The file beside the model does not say what it should.
    public static let malformedSideFile = Code(kind: .malformedSideFile)

    /// A result could not be saved.
    public static let unwritable = Code(kind: .unwritable)
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
