/// Why a graph could not be built or changed.
public struct GraphError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, to branch on.
  public struct Code: Hashable, Sendable {
    private enum Kind: Hashable {
      case shapeMismatch, tooLarge, unknownValue, malformedGraph, notDifferentiable
      case relevanceUndefined, unsuitableStructure
    }

    private let kind: Kind

    /// An operation is not defined on the shapes of its inputs.
    public static let shapeMismatch = Code(kind: .shapeMismatch)

    /// A value would not fit in memory.
    public static let tooLarge = Code(kind: .tooLarge)

    /// No value has the name that was asked for.
    public static let unknownValue = Code(kind: .unknownValue)

    /// The graph breaks its own rules: a defect in a rewrite.
    public static let malformedGraph = Code(kind: .malformedGraph)

    /// A gradient was asked for through an operation that has none.
    public static let notDifferentiable = Code(kind: .notDifferentiable)

    /// Relevance was asked for where none arrives, through an operation that has no rule, or by a
    /// rule with senseless settings.
    public static let relevanceUndefined = Code(kind: .relevanceUndefined)

    /// A method was asked for where the graph is not built as the method needs it.
    public static let unsuitableStructure = Code(kind: .unsuitableStructure)
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
