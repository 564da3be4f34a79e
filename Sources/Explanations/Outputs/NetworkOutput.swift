public import GraphRewriting
public import TensorCore

/// One output of a network.
public struct NetworkOutput: Hashable, Sendable {
  /// What the numbers of an output are.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// A score for each class.
    case classes
    /// A score for each class at each of several positions: pixels, boxes, steps.
    case classesAtPositions = "classes at positions"
    /// The index of the best class, which has no gradient.
    case label
    /// Measured quantities, coordinates or the like.
    case values
    /// A vector that stands for the input, to be compared with those of others.
    case embedding
  }

  /// The name in the file.
  public let name: String

  /// The shape in the file, for one sample.
  public let shape: Shape

  /// What the numbers are.
  public let role: Role

  /// What stands between the raw scores and the output.
  public let activation: TrailingActivation

  /// How many classes there are, or numbers at one position.
  public let classCount: Int

  /// The extents of the grid of positions; empty where there is none.
  public let positions: [Int]

  /// How the raw scores are found and laid out.
  let head: ScoreHead
}

extension NetworkOutput: CustomStringConvertible {
  /// The name, the shape and the role, such as `scores [1×160×3], classes at positions, softmax`.
  public var description: String {
    let end = activation == .none ? "" : ", " + activation.rawValue
    return "\(name) \(shape), \(role.rawValue)" + end
  }

  /// The positions as a reader counts them: `160 positions`, `48×64 positions`.
  package var grid: String {
    positions.isEmpty ? "" : positions.map(String.init).joined(separator: "×") + " positions"
  }
}
