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
  /// - Returns: The same numbers, laid out like this.
  package func asFile(_ value: Value) -> Value {
    let places = canonicalOrder
    let (order, shape) = (places.map(\.index), Shape(axes.map(\.extent)))
    guard order != order.sorted() else { return value.reshaped(to: shape) }
    return value.reshaped(to: Shape(places.map(\.factor.extent)))
      .transposed(Transpose(order).inverse.permutation).reshaped(to: shape)
  }
}
