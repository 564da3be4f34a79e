/// What a model says about one of its inputs.
public struct DeclaredInput: Sendable, Hashable {
  /// The name of the input.
  public let name: String

  /// One entry per axis; nil when the file does not say how many axes there are.
  public let dimensions: [Dimension]?

  /// What the numbers are.
  public let elementType: ElementType

  /// The extent of one axis.
  public enum Dimension: Sendable, Hashable {
    /// Fixed by the file.
    case fixed(Int)
    /// Named in the file, to be chosen.
    case symbolic(String)
    /// Left open by the file, to be chosen.
    case open
  }
}

extension DeclaredInput: CustomStringConvertible {
  /// The name, the type and the extents, such as `image float32 [batch×3×224×224]`.
  public var description: String {
    guard let dimensions else { return "\(name) \(elementType.rawValue) of unknown shape" }
    let extents = dimensions.map { dimension in
      switch dimension {
      case .fixed(let extent): String(extent)
      case .symbolic(let name): name
      case .open: "?"
      }
    }
    return "\(name) \(elementType.rawValue) [\(extents.joined(separator: "×"))]"
  }
}
