import GraphIR
import Operations
import TensorCore

extension Value {
  /// `[samples, positions…]` of a value with one channel.
  var withoutChannels: Value {
    reshaped(to: Shape([shape[0]] + shape.positions))
  }

  /// The map at the positions of the input.
  func aligned(
    to positions: [Int], fields: [ReceptiveField]?, _ upsampling: Upsampling
  ) -> Value {
    let isShifted = (fields ?? []).contains { $0.origin != 0 }
    guard shape.positions != positions || isShifted else { return self }
    let mappings = upsampling.mappings(from: shape.positions, to: positions, fields: fields)
    return builder.apply(
      Resize(outputPositions: positions, mappings: mappings, interpolation: .linear), [self])
  }
}
