package import GraphIR

/// An operation that treats axes alike, so that it can be done to values whose axes stand in another
/// order: what it makes of transposed inputs is the transposed result.
///
/// Inputs of fewer axes than the result, where they broadcast, are thought to have axes of extent 1 in
/// front.
package protocol AxisFollowing: GraphIR.Operation {
  /// The operation on transposed inputs that gives the transposed result.
  ///
  /// - Parameter order: For each place, which axis of the result stands there.
  /// - Returns: The operation, whose settings name axes by where they stand now.
  func following(_ order: [Int]) -> Self
}

extension AxisFollowing where Self: ElementwiseOperation {
  /// The operation itself: it knows no axes.
  package func following(_ order: [Int]) -> Self { self }
}

extension [Int] {
  /// What a list says of each axis, for axes in another order.
  func inOrder(_ order: [Int]) -> [Int] { order.map { self[$0] } }

  /// Where an axis stands in this order.
  func place(of axis: Int) -> Int { firstIndex(of: axis) ?? axis }
}
