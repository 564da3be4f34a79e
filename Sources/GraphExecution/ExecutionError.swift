/// Why a graph could not be compiled or run.
public struct ExecutionError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable { case unsupported, invalidArguments, outOfMemory, libraryFailure }

    private let kind: Kind

    /// The kernel library has no implementation for these shapes, types or attributes.
    public static let unsupported = Code(kind: .unsupported)

    /// Shapes, layouts or counts do not fit together.
    public static let invalidArguments = Code(kind: .invalidArguments)

    /// A buffer could not be allocated.
    public static let outOfMemory = Code(kind: .outOfMemory)

    /// The kernel library failed for a reason of its own.
    public static let libraryFailure = Code(kind: .libraryFailure)
  }

  /// The kind of failure.
  public let code: Code

  /// What is wrong, without the place.
  public let message: String

  /// The graph node at which it happened, or nil when it concerns no single node.
  public let node: String?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What is wrong and how to mend it.
  ///   - node: The graph node at which it happened, when there is one.
  public init(_ code: Code, _ message: String, node: String? = nil) {
    self.code = code
    self.message = message
    self.node = node
  }

  /// What is wrong, where, and how to mend it.
  public var description: String {
    guard let node else { return message }
    return "node \(node): \(message)"
  }

  /// The same error at `node`, unless it already names one.
  package func at(node: String) -> ExecutionError {
    self.node == nil ? ExecutionError(code, message, node: node) : self
  }
}
