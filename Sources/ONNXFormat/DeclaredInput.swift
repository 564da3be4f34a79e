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

extension DeclaredInput {
  /// The shape of one sample as one may type it where the file leaves it open, such as
  /// `3,224,224`: what the file says, and sizes that are usual.
  package var exampleShape: String {
    guard let dimensions else { return "3,224,224" }
    let isSeries = dimensions.count < 4
    let extents = dimensions.enumerated().dropFirst().map { axis, dimension in
      if case .fixed(let extent) = dimension { return extent }
      return axis == 1 ? (isSeries ? 1 : 3) : (isSeries ? 1000 : 224)
    }
    return extents.map(String.init).joined(separator: ",")
  }
}
