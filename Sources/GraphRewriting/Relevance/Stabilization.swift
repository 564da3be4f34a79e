import Catalogs
import GraphIR
import Operations

/// How a denominator is kept away from zero.
public enum Stabilizer: Hashable, Sendable {
  /// `z + ε · sign(z)` with `sign(0) = +1`.
  case epsilon(Float)
  /// The quotient is zero where `z` is zero, and exact elsewhere.
  case zeroAtZero

  /// A tiny `ε` that only matters where `z` vanishes: 1e-6.
  public static let tiny = Stabilizer.epsilon(1e-6)

  /// The number that is added to the magnitude of a denominator.
  static let parameter = Parameter<Float>(
    "epsilon", "added to the magnitude of the denominator; 0 for nothing where that is 0",
    standard: 1e-6, .number)

  /// What the setting `epsilon` says.
  init(_ settings: Settings) {
    let epsilon = settings[Self.parameter]
    self = epsilon == 0 ? .zeroAtZero : .epsilon(epsilon)
  }

  /// What the quotient `s` of a relevance and `z` keeps back where `z` is not zero; nil for nothing.
  func absorbed(_ s: Value, _ z: Value) -> Value? {
    switch self {
    case .epsilon(let epsilon):
      z.isLess(than: z.builder.constant(0)).choosing(s * -epsilon, else: s * epsilon)
    case .zeroAtZero: nil
    }
  }

  func quotient(_ numerator: Value, _ z: Value) -> Value {
    let zero = z.builder.constant(0)
    switch self {
    case .epsilon(let epsilon):
      return numerator / z.isLess(than: zero).choosing(z - epsilon, else: z + epsilon)
    case .zeroAtZero:
      return z.isEqual(to: zero).choosing(zero, else: numerator / z)
    }
  }
}
