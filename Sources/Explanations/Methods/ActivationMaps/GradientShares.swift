import GraphIR
import Operations
import TensorCore

/// What Grad-CAM++ divides by: `2 + g Σ_j A(j)` at every position of every channel.
struct GradientShares {
  /// `α = 1 / (2 + g Σ A)`, which needs no squares and cubes that would underflow; 0 where `g` is 0.
  let quotients: Value

  /// The relative change of `α` with that of `g` and of every `A(j)`, `|g| Σ|A| / |2 + g Σ A|`: what
  /// cancels in the sums counts.
  let sensitivity: Value

  /// The least magnitude that a sum of a few numbers about 2 has in single precision unless it is 0.
  private static let resolution: Float = 1e-7

  init(_ site: MethodSite) {
    let gradient = site.gradient
    let zero = gradient.builder.constant(0)
    let share = 2 + gradient * site.activation.sum(over: .positions)
    let quotient = share.isEqual(to: zero).choosing(gradient * gradient, else: 1 / share)
    quotients = gradient.isEqual(to: zero).choosing(zero, else: quotient)
    let magnitude = gradient.absolute * site.activation.absolute.sum(over: .positions)
    sensitivity = magnitude / share.absolute.maximum(gradient.builder.constant(Self.resolution))
  }
}

extension MethodSite {
  /// The greatest change of a map `Σ_k w_k A_k`, per relative change of what its weights are made of,
  /// as a multiple of the map's greatest magnitude.
  ///
  /// - Parameters:
  ///   - weights: `w`, `[samples, channels, 1…]`.
  ///   - change: The greatest change of each weight, of the same shape.
  /// - Returns: `[samples]`.
  func condition(of weights: Value, changing change: Value) -> Value {
    let map = (weights * activation).sum(over: .channels)
    let changes = (change * activation.absolute).sum(over: .channels)
    let (peak, greatest) = (map.absolute.peak, changes.peak)
    return greatest / peak.orOne
  }
}

extension Value {
  /// The greatest number of each sample, `[samples]`.
  fileprivate var peak: Value {
    maximum(over: .axes(Array(1..<shape.rank))).reshaped(to: [shape[0]])
  }
}
