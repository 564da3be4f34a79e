package import GraphIR
import Operations
package import TensorCore

/// Which axes of an input count samples, channels and positions.
///
/// The canonical layout is `[samples, channels, positions…]` with at least one axis of positions; a
/// role that no axis has is an axis of extent 1 there.
package struct InputAxes: Sendable, Hashable {
  /// The axis that counts samples.
  package let sample: Int?

  /// The axes that count channels, in order.
  package let channels: [Int]

  /// The axes of positions, in order.
  package let positions: [Int]

  /// Says which axes are which; every axis has one role.
  package init(sample: Int?, channels: [Int], positions: [Int]) {
    self.sample = sample
    self.channels = channels
    self.positions = positions
  }

  /// The axes of the file in canonical order.
  private var canonicalOrder: [Int] { [sample].compactMap(\.self) + channels + positions }

  /// Whether the file's layout is the canonical one.
  package var isCanonical: Bool {
    sample == 0 && channels == [1] && !positions.isEmpty && !isMoved
  }

  /// Whether numbers stand in another order than in the file.
  package var isMoved: Bool { canonicalOrder != canonicalOrder.sorted() }

  /// The shape of one sample in canonical layout, `[channels, positions…]`.
  package func canonical(_ shape: Shape) -> Shape {
    let grid = positions.isEmpty ? [1] : positions.map { shape[$0] }
    return Shape([channels.reduce(1) { $0 * shape[$1] }] + grid)
  }

  /// The shape of one sample as the file has it.
  package func withoutSamples(_ shape: Shape) -> Shape {
    Shape(shape.extents.enumerated().filter { $0.offset != sample }.map(\.element))
  }

  /// The shape as the file has it for a number of samples, made of that of one sample.
  package func shape(_ one: Shape, samples: Int) -> Shape {
    var extents = one.extents
    if let sample { extents.insert(samples, at: sample) }
    return Shape(extents)
  }

  /// What the file wants of a canonical value.
  ///
  /// - Parameters:
  ///   - value: `[samples, channels, positions…]`.
  ///   - shape: The shape in the file, samples included.
  /// - Returns: The same numbers in the order of the file.
  package func asFile(_ value: Value, _ shape: Shape) -> Value {
    let order = canonicalOrder
    let apart = value.reshaped(to: Shape(order.map { shape[$0] }))
    return isMoved ? apart.transposed(Transpose(order).inverse.permutation) : apart
  }

  /// The canonical form of what the file takes.
  ///
  /// - Parameter value: In the order of the file, samples included.
  /// - Returns: `[samples, channels, positions…]`.
  package func canonical(_ value: Value) -> Value {
    let shape = value.shape
    let moved = isMoved ? value.transposed(canonicalOrder) : value
    return moved.reshaped(to: Shape([sample.map { shape[$0] } ?? 1] + canonical(shape).extents))
  }

  /// Numbers of one sample in the order of the file as `[channels, positions…]`.
  package func canonical(_ sample: Tensor, fileShape: Shape) -> Tensor {
    let whole = sample.reshaped(to: shape(fileShape, samples: 1))
    return whole.transposed(canonicalOrder).reshaped(to: canonical(whole.shape))
  }
}
