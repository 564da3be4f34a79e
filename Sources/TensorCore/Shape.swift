/// The extents of a tensor, outermost axis first; `[]` is a single number.
///
/// Tensors of a network are laid out `[samples, channels, positions…]`.
public struct Shape: Hashable, Sendable {
  /// One extent per axis, each zero or more.
  public let extents: [Int]

  /// Creates a shape; no extent may be negative.
  public init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "extents must not be negative")
    self.extents = extents
  }

  /// The number of axes.
  public var rank: Int { extents.count }

  /// The number of elements, or `Int.max` when it does not fit an `Int`.
  public var elementCount: Int {
    var count = 1
    for extent in extents {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      if overflows { return extents.contains(0) ? 0 : Int.max }
      count = product
    }
    return count
  }

  /// The distance in elements between neighbours along each axis, row-major.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * extents[axis + 1]
    }
    return strides
  }

  /// The extents after samples and channels; empty when there are none.
  public var positions: [Int] { Array(extents.dropFirst(2)) }

  /// The extent of one axis.
  public subscript(axis: Int) -> Int { extents[axis] }

  /// The shape with `extent` in place of the extent of `axis`.
  public func replacing(_ axis: Int, with extent: Int) -> Shape {
    var changed = extents
    changed[axis] = extent
    return Shape(changed)
  }

  /// The shape that this and another broadcast to under NumPy's rules, or nil when they don't.
  public func broadcast(with other: Shape) -> Shape? {
    let rank = max(rank, other.rank)
    let left = [Int](repeating: 1, count: rank - self.rank) + extents
    let right = [Int](repeating: 1, count: rank - other.rank) + other.extents
    var result: [Int] = []
    for (a, b) in zip(left, right) {
      guard a == b || a == 1 || b == 1 else { return nil }
      result.append(a == 1 ? b : a)
    }
    return Shape(result)
  }
}

extension Shape: ExpressibleByArrayLiteral {
  /// Creates a shape from a literal such as `[1, 3, 224, 224]`.
  public init(arrayLiteral elements: Int...) {
    self.init(elements)
  }
}

extension Shape: CustomStringConvertible {
  /// The extents as `[1×3×224×224]`.
  public var description: String {
    "[" + extents.map(String.init).joined(separator: "×") + "]"
  }
}
