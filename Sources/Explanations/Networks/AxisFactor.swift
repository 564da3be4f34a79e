/// A part of an axis: an axis is the row-major product of its factors, outermost first.
package struct AxisFactor: Hashable, Sendable {
  /// What the indices of a factor tell apart.
  package enum Role: Hashable, Sendable {
    /// Samples.
    case sample
    /// Channels, or anything else that has no place on the input.
    case feature
    /// Places along an axis of positions of the input: index `i` counts `i · divisor` on the grid of
    /// the value, so that the factors of one axis of positions are the digits of a place.
    case position(axis: Int, divisor: Int)
    /// Places that an element is compared with, while other factors say where it lies itself, as the
    /// columns of a matrix of attention.
    case compared
  }

  /// What it tells apart.
  package let role: Role

  /// How many there are.
  package let extent: Int

  /// The digits that a place along an axis of positions consists of here; nil for other roles.
  var position: (axis: Int, divisor: Int)? {
    if case .position(let axis, let divisor) = role { (axis, divisor) } else { nil }
  }

  /// The outer and the inner part, `outer` times as many as the other's.
  fileprivate func split(outer: Int) -> (AxisFactor, AxisFactor) {
    let inner = extent / outer
    guard let (axis, divisor) = position else {
      return (AxisFactor(role: role, extent: outer), AxisFactor(role: role, extent: inner))
    }
    return (
      AxisFactor(role: .position(axis: axis, divisor: divisor * inner), extent: outer),
      AxisFactor(role: role, extent: inner)
    )
  }

  /// The factor that this one and the next inner one are together; nil when they stay apart.
  fileprivate func joined(with inner: AxisFactor) -> AxisFactor? {
    if let (axis, divisor) = position {
      guard let next = inner.position, next.axis == axis, divisor == next.divisor * inner.extent
      else { return nil }
    } else if role != inner.role {
      return nil
    }
    return AxisFactor(role: inner.role, extent: extent * inner.extent)
  }
}

extension [AxisFactor] {
  /// How many indices they make together.
  var indexCount: Int { reduce(1) { $0 * $1.extent } }

  /// The same with neighbors joined that belong together.
  var coalesced: [AxisFactor] {
    var result: [AxisFactor] = []
    for factor in self {
      if let last = result.last, let joined = last.joined(with: factor) {
        result[result.count - 1] = joined
      } else {
        result.append(factor)
      }
    }
    return result
  }

  /// What is told apart when factors with one index only do not count.
  var significant: [AxisFactor] { filter { $0.extent > 1 } }

  /// The factors of axes of other extents that hold the same numbers in the same order; nil when one
  /// would end within another and has no part of that size.
  func distributed(over extents: [Int]) -> [[AxisFactor]]? {
    var rest = significant.coalesced[...]
    var axes: [[AxisFactor]] = []
    for extent in extents {
      var (axis, open) = ([AxisFactor](), extent)
      while open > 1 {
        guard let next = rest.popFirst() else { return nil }
        if open.isMultiple(of: next.extent) {
          axis.append(next)
          open /= next.extent
        } else if next.extent.isMultiple(of: open) {
          let (outer, inner) = next.split(outer: open)
          axis.append(outer)
          rest = [inner] + rest
          open = 1
        } else {
          return nil
        }
      }
      axes.append(axis.coalesced)
    }
    return axes
  }
}
