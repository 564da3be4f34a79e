public import TensorCore

/// Which positions of an output a map explains.
public struct ExplainedPositions: Codable, Hashable, Sendable {
  /// The extents of the grid of positions.
  public let grid: [Int]

  /// How many positions count.
  public let count: Int

  /// The only one, by its index along each axis; nil when there are several or none.
  public let position: [Int]?

  /// Describes positions.
  ///
  /// - Parameter places: How much each counts, `[positions…]`.
  public init(_ places: Tensor) {
    grid = places.shape.extents
    let counting = places.elements.indices.filter { places.elements[$0] != 0 }
    count = counting.count
    position = counting.count == 1 ? places.shape.index(of: counting[0]) : nil
  }
}

extension Shape {
  /// The index along each axis of an element, by its place in row-major order.
  func index(of place: Int) -> [Int] {
    zip(strides, extents).map { place / $0 % max($1, 1) }
  }
}

extension Positions {
  /// The positions as words behind a class.
  func phrase(_ reading: TargetReading) -> String {
    guard let places = reading.places else { return "" }
    let found = ExplainedPositions(places)
    let only = found.position.map { $0.map(String.init).joined(separator: ",") } ?? "none"
    let noun = found.count == 1 ? "position" : "positions"
    return switch self {
    case .best: "at its best position \(only)"
    case .single: "at position \(only)"
    case .all: "at all \(found.count) positions"
    case .winning: "at the \(found.count) \(noun) where it wins"
    case .region(_, let name): "at the \(found.count) \(noun) of \(name)"
    }
  }
}
