import GraphIR
import Operations
import TensorCore

/// The axes before and after a reshape, in blocks that hold the same numbers.
struct AxisBlocks {
  private struct Block {
    let old: [Int]
    var new: [Int]
  }

  private var blocks: [Block] = []
  private let old: Shape
  private let new: Shape

  /// Finds the blocks; nil where there are none.
  ///
  /// - Parameters:
  ///   - origins: What each axis of the result is of the input.
  ///   - old: The shape of the input.
  ///   - new: The shape of the result.
  init?(_ origins: [AxisOrigin], from old: Shape, to new: Shape) {
    self.old = old
    self.new = new
    for (axis, origin) in origins.enumerated() where new[axis] != 1 {
      switch origin {
      case .regrouped(let sources) where blocks.last?.old == sources:
        blocks[blocks.count - 1].new.append(axis)
      case .regrouped(let sources): blocks.append(Block(old: sources, new: [axis]))
      case .window(of: let source, .identity): blocks.append(Block(old: [source], new: [axis]))
      default: return nil
      }
    }
  }

  /// The order of the input in which a reshape gives the result in an order; nil where none does,
  /// because a block is torn apart.
  func inputOrder(for order: AxisOrder) -> AxisOrder? {
    Self.order(order.moving(new), from: blocks.map(\.new), to: blocks.map(\.old), old)
  }

  /// The order of the result that a reshape of an input in an order can give.
  func resultOrder(for order: AxisOrder) -> AxisOrder? {
    Self.order(order.moving(old), from: blocks.map(\.old), to: blocks.map(\.new), new)
  }

  private static func order(
    _ axes: [Int], from known: [[Int]], to wanted: [[Int]], _ shape: Shape
  ) -> AxisOrder? {
    var (rest, moving): (ArraySlice<Int>, [Int]) = (axes[...], [])
    while let axis = rest.first {
      guard let block = known.firstIndex(where: { $0.first == axis }),
        rest.starts(with: known[block])
      else { return nil }
      moving += wanted[block]
      rest = rest.dropFirst(known[block].count)
    }
    return AxisOrder(withSingles(moving, shape))
  }

  /// Axes of extent 1 in front stay there; others go with the axis that they stand before.
  private static func withSingles(_ moving: [Int], _ shape: Shape) -> [Int] {
    let singles = (0..<shape.rank).filter { shape[$0] == 1 }
    guard let first = moving.min() else { return singles }
    var order = singles.filter { $0 < first }
    for axis in moving {
      let behind = moving.filter { $0 < axis }.max() ?? -1
      order += singles.filter { $0 > first && $0 > behind && $0 < axis } + [axis]
    }
    return order + singles.filter { $0 > (moving.max() ?? -1) }
  }
}
