import Foundation

extension [Float] {
  /// `exp(x_i) / Σ_j exp(x_j)` of each number; the greatest is subtracted first, so none overflows.
  package var softmax: [Float] {
    guard let greatest = self.max() else { return [] }
    let powers = map { exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

extension [Double] {
  /// `exp(x_i) / Σ_j exp(x_j)` of each number; the greatest is subtracted first, so none overflows.
  package var softmax: [Double] {
    let powers = relativePowers
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// `exp(x_i − max x)` of each number, which their softmax is proportional to.
  package var relativePowers: [Double] {
    guard let greatest = self.max() else { return [] }
    return map { exp($0 - greatest) }
  }
}
