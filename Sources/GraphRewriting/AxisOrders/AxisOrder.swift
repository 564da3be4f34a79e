import TensorCore

/// In which order the axes of a value stand: for each place, the axis of the value that stands there.
struct AxisOrder: Hashable {
  /// The axes by their places.
  let axes: [Int]

  /// Creates an order of all axes.
  init(_ axes: [Int]) {
    self.axes = axes
  }

  /// Every axis in its own place.
  static func natural(_ rank: Int) -> AxisOrder { AxisOrder(Array(0..<rank)) }

  /// Whether every axis stands in its own place.
  var isNatural: Bool { axes.indices.allSatisfy { axes[$0] == $0 } }

  /// The permutation that brings a value whose axes stand in this order to another order.
  func permutation(to other: AxisOrder) -> [Int] {
    let places = inverse.axes
    return other.axes.map { places[$0] }
  }

  /// The places by their axes.
  var inverse: AxisOrder {
    var places = axes
    for (place, axis) in axes.enumerated() { places[axis] = place }
    return AxisOrder(places)
  }

  /// The order of the axes of an input in which a transposition of it stands in this order already.
  func before(_ permutation: [Int]) -> AxisOrder { AxisOrder(axes.map { permutation[$0] }) }

  /// The order of the last axes by themselves: without so many axes in front.
  func dropping(_ count: Int) -> AxisOrder {
    count == 0 ? self : AxisOrder(axes.filter { $0 >= count }.map { $0 - count })
  }

  /// The axes with several indices in their order: where two orders agree in these, the numbers lie in
  /// one order in both.
  func moving(_ shape: Shape) -> [Int] { axes.filter { shape[$0] != 1 } }

  /// The extents in this order.
  func shape(_ natural: Shape) -> Shape { Shape(axes.map { natural[$0] }) }
}
