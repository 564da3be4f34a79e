import GraphIR

/// One division of relevance by what it is divided among: `s = R / z`.
struct Quotient {
  /// What is divided, `R`.
  let relevance: Value

  /// What it is divided by, `Σ_t W_t x_t + b`, before it is stabilized.
  let z: Value

  /// The result, `s`.
  let s: Value

  /// How `z` is kept away from zero.
  let stabilizer: Stabilizer

  /// What contributes to `z` beside the bias.
  var terms: [LinearSite.Term] = []

  /// The bias that counts in `z`.
  var bias: CountedBias?
}
