/// What an index along one axis of a result sees of an input.
///
/// An axis of extent 1 that no case names has one index only, which everything sees.
package enum AxisOrigin: Hashable, Sendable {
  /// Every index sees the same: the axis is new to the input.
  case repeated
  /// Each index sees a window of an axis; of one index without step and offset when it is the same
  /// axis.
  case window(of: Int, AxisWindow)
  /// Each index sees the index of an axis that stands in the list at its place.
  case selection(of: Int, [Int])
  /// The row-major order of several axes under other extents: all axes of the result that name the
  /// same axes hold them together, in order.
  case regrouped([Int])
  /// The only index sees the sum of everything along an axis.
  case summed(Int)
  /// Each index is what becomes of the same index of an axis, and sees all others as well.
  case coupled(Int)
  /// Every index may see everything along some axes.
  case mixed([Int])

  /// The same axis, index by index.
  package static func same(_ axis: Int) -> AxisOrigin { .window(of: axis, .identity) }

  /// Whether it is this axis, index by index.
  package func isSame(_ axis: Int) -> Bool { self == .same(axis) }
}

/// What each index along an axis of a result sees of an axis of an input.
///
/// Index `k` sees indices around the center `step · k + offset`, those from
/// `step · k + offset − reach / 2` to `step · k + offset + reach / 2`. Halves and thirds occur:
/// what lies between two indices is rounded away from the center. What lies outside the axis is
/// padding, or the nearest index inside.
package struct AxisWindow: Hashable, Sendable {
  /// The distance between the centers of neighbors.
  package let step: Double

  /// The center of index 0.
  package let offset: Double

  /// The distance from the first to the last index that is seen.
  package let reach: Double

  /// How many indices are seen at most.
  package let tapCount: Int

  /// Whether the result is the sum of what is seen with one weight for all.
  package let isEven: Bool

  /// Creates a window; of one index by default.
  package init(
    step: Double, offset: Double, reach: Double = 0, tapCount: Int = 1, isEven: Bool = true
  ) {
    self.step = step
    self.offset = offset
    self.reach = reach
    self.tapCount = tapCount
    self.isEven = isEven
  }

  /// Each index sees itself.
  package static let identity = AxisWindow(step: 1, offset: 0)

  /// Whether index 0 sees every one of `extent` indices, and nothing else.
  package func covers(_ extent: Int) -> Bool {
    tapCount == extent && reach == Double(extent - 1) && offset == reach / 2
  }
}
