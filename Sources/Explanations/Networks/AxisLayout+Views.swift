package import GraphIR
import Operations
package import TensorCore

extension AxisLayout {
  /// A factor and where it stands among those of all axes.
  private struct Place {
    let index: Int
    let factor: AxisFactor
  }

  /// All factors in the order of the canonical layout: samples, features, digits of places.
  private var canonicalOrder: [Place] {
    let places = axes.flatMap(\.factors).enumerated().map { Place(index: $0, factor: $1) }
    let samples = places.filter { $0.factor.role == .sample }
    let features = places.filter { $0.factor.role == .feature }
    let positions = grids.indices.flatMap { position in
      places.filter { $0.factor.position?.axis == position }
        .sorted { ($0.factor.position?.divisor ?? 0) > ($1.factor.position?.divisor ?? 0) }
    }
    return samples + features + positions
  }

  /// The shape of the canonical view, `[samples, channels, positions…]`.
  package var canonicalShape: Shape { Shape([sampleCount, channelCount] + gridExtents) }

  /// A value that is laid out like this, as `[samples, channels, positions…]`; nothing is added to the
  /// graph where it is so already.
  ///
  /// Indices that have no place beside others that have, such as class tokens, are left out.
  ///
  /// - Parameter value: A value of the shape that this describes, which is placed.
  /// - Returns: `[samples, channels, positions…]`.
  package func canonical(_ value: Value) -> Value {
    let factors = axes.flatMap(\.factors)
    let order = canonicalOrder.map(\.index)
    let part =
      axes.contains(where: \.hasOthers)
      ? value.sliced(starts: axes.map(\.start), counts: axes.map(\.factors.indexCount)) : value
    guard order != order.sorted() else { return part.reshaped(to: canonicalShape) }
    return part.reshaped(to: Shape(factors.map(\.extent))).transposed(order)
      .reshaped(to: canonicalShape)
  }

  /// The value that `canonical` would turn into a canonical one: what the file wants of an input.
  ///
  /// - Parameter value: `[samples, channels, positions…]`.
  /// - Returns: The same numbers, laid out like this; without the indices that have no place beside
  ///   others that have.
  package func asFile(_ value: Value) -> Value {
    let places = canonicalOrder
    let (order, shape) = (places.map(\.index), Shape(axes.map(\.factors.indexCount)))
    guard order != order.sorted() else { return value.reshaped(to: shape) }
    return value.reshaped(to: Shape(places.map(\.factor.extent)))
      .transposed(Transpose(order).inverse.permutation).reshaped(to: shape)
  }

  /// A value that is laid out like this, with other numbers where it has places.
  ///
  /// - Parameters:
  ///   - value: A value of the shape that this describes, which is placed.
  ///   - numbers: `[samples, channels, positions…]`.
  /// - Returns: A value of that shape; indices without a place, such as class tokens, are as before.
  func replacing(_ value: Value, by numbers: Value) -> Value {
    let inside = asFile(numbers)
    guard axes.contains(where: \.hasOthers) else { return inside }
    let (before, after) = (axes.map(\.start), axes.map { $0.extent - $0.inside.upperBound })
    let isPlaced = value.builder.constant(Tensor(shape: inside.shape, repeating: 1))
      .padded(before: before, after: after)
    return isPlaced.isGreater(than: 0).choosing(
      inside.padded(before: before, after: after), else: value)
  }
}
