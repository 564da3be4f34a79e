import GraphIR
import Operations
import TensorCore

/// The adjoint of a convolution with a stride, written as a convolution of stride 1.
///
/// With stride `s`, position `i = s·q + r − p` of the input is met by taps `r, r + s, …` only, in the
/// placements `q, q − 1, …`: for each phase `r` the adjoint is a convolution of its own. All phases
/// together are one with `s` times the channels along each axis, which are then put in their places.
/// Worth it for the few channels of a network's input, for which the library's kernels waste most of
/// their width.
struct GradientByPhases {
  private let convolution: Convolution
  /// The shape of the result, `[samples, channels, positions…]`.
  private let result: Shape
  /// How many taps each phase has, zeros at the end included.
  private let taps: [Int]
  /// Where phase 0 of the first placement lies before the input.
  private let before: [Int]

  /// With more channels than these the library's own kernels are as good.
  private static let mostChannels = 4

  /// Says how an adjoint is written, or nil for one that it is not for.
  init?(_ adjoint: TransposedConvolution, weights: Shape, result: Shape) {
    convolution = adjoint.convolution
    self.result = result
    let window = convolution.window
    guard convolution.groups == 1, result[1] <= Self.mostChannels,
      window.strides.contains(where: { $0 > 1 }), window.dilations.allSatisfy({ $0 == 1 })
    else { return nil }
    taps = zip(weights.positions, window.strides).map { ($0 + $1 - 1) / $1 }
    before = window.paddingBefore
  }

  /// The adjoint of `gradient` `[samples, outputs, placements…]` with weights
  /// `[outputs, channels, taps…]`.
  func value(of gradient: Value, _ weights: Value) -> Value {
    let margin = taps.map { $0 - 1 }
    let phases = gradient.convolved(
      with: weightsOfPhases(weights),
      Convolution(
        window: SlidingWindow(rank: taps.count, paddingBefore: margin, paddingAfter: margin)))
    return placed(phases)
  }

  /// `[channels · phases, outputs, taps…]`, the taps of each phase reversed.
  private func weightsOfPhases(_ weights: Value) -> Value {
    let (shape, strides) = (weights.shape, convolution.window.strides)
    let rank = taps.count
    let missing = zip(zip(taps, strides), shape.positions).map { $0.0 * $0.1 - $1 }
    let padded = weights.padded(
      before: [Int](repeating: 0, count: rank + 2), after: [0, 0] + missing)
    let split = zip(taps, strides).flatMap { [$0, $1] }
    var value = padded.reshaped(to: Shape([shape[0], shape[1]] + split))
    for axis in 0..<rank where taps[axis] > 1 {
      value = value.gathered(2 + 2 * axis, (0..<taps[axis]).reversed())
    }
    let order = [1] + (0..<rank).map { 3 + 2 * $0 } + [0] + (0..<rank).map { 2 + 2 * $0 }
    return value.transposed(order).reshaped(
      to: Shape([shape[1] * strides.reduce(1, *), shape[0]] + taps))
  }

  /// Phases `[samples, channels · phases, placements…]` at the positions of the input.
  private func placed(_ phases: Value) -> Value {
    let (placements, strides) = (phases.shape.positions, convolution.window.strides)
    let rank = taps.count
    let whole = phases.reshaped(to: Shape([result[0], result[1]] + strides + placements))
      .transposed([0, 1] + (0..<rank).flatMap { [2 + rank + $0, 2 + $0] })
      .reshaped(to: Shape([result[0], result[1]] + zip(placements, strides).map { $0 * $1 }))
    // What the last placements do not reach has no gradient.
    let missing = zip(zip(before, result.positions), whole.shape.positions).map {
      max(0, $0.0 + $0.1 - $1)
    }
    let reached =
      missing.contains { $0 > 0 }
      ? whole.padded(
        before: [Int](repeating: 0, count: rank + 2), after: [0, 0] + missing) : whole
    return reached.sliced(starts: [0, 0] + before, counts: result.extents)
  }
}
