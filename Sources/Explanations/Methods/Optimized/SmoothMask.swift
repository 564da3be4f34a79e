import Foundation
import GraphIR
import Operations
import TensorCore

/// A mask made of cells that reach into their neighborhood: at each cell the largest of its neighbors, each less
/// by its distance, as a soft maximum.
///
/// `smax_o k(o) m(c + o)` with `k(o) = exp(−2 max(|o| / width − ½, 0)²)` and `smax a = Σ a e^{20 a} / Σ e^{20 a}`;
/// Fong, Patrick and Vedaldi 2019, section 3.2, with the numbers of their program. There is a margin around the
/// cells that they reach into, so that a cell at the edge has the same size as others.
struct SmoothMask {
  /// The mask with its margin, `[masks, 1, cells and margin…]`, 0…1.
  let whole: Value

  /// The mask itself, `[masks, 1, cells…]`.
  let inside: Value

  /// Adds the mask to a graph.
  ///
  /// - Parameters:
  ///   - cells: The numbers of the cells, `[masks, 1, cells…]`.
  ///   - width: The width of the kernel in cells; 0 leaves cells as they are, without a margin.
  init(_ cells: Value, width: Double) {
    let extents = cells.shape.positions
    // Where the kernel is a hundredth; of volumes, where it is a half.
    let reach = Int((extents.count { $0 > 1 } > 2 ? width : 2 * width).rounded(.up))
    let reaches = extents.map { min(reach, $0 - 1) }
    guard reaches.contains(where: { $0 > 0 }) else {
      (whole, inside) = (cells, cells)
      return
    }
    let offsets = Self.places(reaches.map { -$0...$0 })
    let kernel = offsets.map { offset in
      let distance = Double(offset.reduce(0) { $0 + $1 * $1 }).squareRoot() / width
      return Float(exp(-2 * pow(max(distance - 0.5, 0), 2)))
    }
    let neighbors =
      Self.neighbors(of: cells, reaches, offsets)
      * cells.builder.constant(
        Tensor(shape: Shape([1, kernel.count] + extents.map { _ in 1 }), elements: kernel))
    // Values are no more than 1, so that no exponential is.
    let shares = ((neighbors - 1) * 20).exponential
    let mask = (neighbors * shares).sum(over: .channels) / shares.sum(over: .channels)
    whole = mask
    inside = extents.indices.reduce(mask) { value, axis in
      value.sliced(axis + 2, start: reaches[axis], count: extents[axis])
    }
  }

  /// The neighbors of every cell and of the margin, `[masks, offsets, cells and margin…]`; zero beyond the cells.
  private static func neighbors(
    of cells: Value, _ reaches: [Int], _ offsets: [[Int]]
  ) -> Value {
    let extents = cells.shape.positions
    let margins = [0, 0] + reaches.map { 2 * $0 }
    let padded = cells.padded(before: margins, after: margins)
    let strides = Shape(padded.shape.positions).strides
    let grid = zip(extents, reaches).map { $0 + 2 * $1 }
    let places = places(grid.map { 0...$0 - 1 })
    let indices = offsets.flatMap { offset in
      places.map { place in
        strides.indices.reduce(0) { index, axis in
          index + (place[axis] + offset[axis] + reaches[axis]) * strides[axis]
        }
      }
    }
    let samples = cells.shape[0]
    return padded.reshaped(to: [samples, padded.shape.positions.reduce(1, *)])
      .gathered(1, indices).reshaped(to: Shape([samples, offsets.count] + grid))
  }

  /// All places of ranges, the last varying fastest.
  private static func places(_ ranges: [ClosedRange<Int>]) -> [[Int]] {
    ranges.reduce([[]]) { places, range in
      places.flatMap { place in range.map { place + [$0] } }
    }
  }
}
