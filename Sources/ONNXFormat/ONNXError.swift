/// Why an ONNX file could not be read, turned into a graph, or written.
public struct ONNXError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case unreadable, malformedFile, unsupportedOperator, outOfScope, unboundDimension
      case confinement, unwritable, constantOutput
    }

    private let kind: Kind

    /// The file, or a file it refers to, cannot be opened.
    public static let unreadable = Code(kind: .unreadable)

    /// The bytes are not a sound ONNX model.
    public static let malformedFile = Code(kind: .malformedFile)

    /// The model uses operators that are not known; the description lists all of them.
    public static let unsupportedOperator = Code(kind: .unsupportedOperator)

    /// The operator is known but is used in a way that cannot be expressed.
    public static let outOfScope = Code(kind: .outOfScope)

    /// The extent of an input axis is not known, or contradicts what is asked for.
    public static let unboundDimension = Code(kind: .unboundDimension)

    /// The file refers to data outside its own folder.
    public static let confinement = Code(kind: .confinement)

    /// The graph, or the file that it should be written to, cannot be written.
    public static let unwritable = Code(kind: .unwritable)

    /// An output should have a place for every sample, but depends on none.
    public static let constantOutput = Code(kind: .constantOutput)
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

  /// The same error with the place where it happened in front.
  func located(in place: String) -> ONNXError {
    ONNXError(code, "\(place): \(description)")
  }
}
