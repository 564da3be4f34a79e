import GraphIR
import Operations
import TensorCore

/// `x · s + t` with constants `s` and `t`, as batch norms leave it where nothing absorbs them.
struct AffineMap {
  /// What the map is applied to.
  let input: Value

  /// The map, number by number.
  let map: LinearMap

  private static let x = Pattern.letter("x", where: .isComputed)
  private static let s = Pattern.letter("s", where: .isConstant)
  private static let t = Pattern.letter("t", where: .isConstant)
  private static let product = (x * s).called("p")

  /// Finds the map; nil when the value is no such sum.
  ///
  /// - Parameters:
  ///   - value: The result.
  ///   - barriers: Values that must not be passed over.
  init?(_ value: Value, barriers: Set<ValueID>) {
    let start = Match(ValueFacts(value.builder))
    let found =
      (Self.product + Self.t).first(matching: value, start) { match in
        match[Self.x].shape == value.shape && match[Self.product].shape == value.shape
          && !barriers.contains(match[Self.product].id)
          ? (match[Self.x], match[Self.s], match[Self.t]) : nil
      }
      ?? (Self.x + Self.t).first(matching: value, start) { match in
        match[Self.x].shape == value.shape
          ? (match[Self.x], value.builder.constant(1), match[Self.t]) : nil
      }
    guard let (input, factor, offset) = found else { return nil }
    self.input = input
    map = LinearMap(
      .affine, weights: factor, bias: offset,
      forward: { x, weights, bias in bias.map { x * weights + $0 } ?? x * weights },
      adjoint: { $0 * $1 })
  }
}
