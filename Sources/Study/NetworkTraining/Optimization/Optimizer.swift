import TensorCore

/// How parameters follow their gradients.
public enum Optimizer: Sendable, Hashable, Codable {
  /// Gradient descent: `v ← μ v + g`, `w ← w − η v`; with Nesterov's look ahead
  /// `w ← w − η (g + μ v)`. Weight decay is added to the gradient.
  case momentum(Float = 0.9, isNesterov: Bool = false, weightDecay: Float = 0)
  /// Adam (Kingma and Ba, 2015); weight decay is added to the gradient.
  case adam(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0)
  /// AdamW (Loshchilov and Hutter, 2019): weights shrink by `η · weightDecay` besides the step.
  case adamW(
    beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0.01)

  /// What is wrong with the settings, or nil.
  var objection: String? {
    switch self {
    case .momentum(let momentum, _, let decay):
      momentum >= 0 && momentum < 1 && decay >= 0
        ? nil : "momentum is in 0..<1 and weight decay not negative"
    case .adam(let beta1, let beta2, let epsilon, let decay),
      .adamW(let beta1, let beta2, let epsilon, let decay):
      beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0
        ? nil : "betas are in 0..<1, epsilon positive and weight decay not negative"
    }
  }
}

/// Parameters that lie side by side and change alike.
struct ParameterPart: Sendable, Hashable {
  /// Where they lie among all.
  let range: Range<Int>

  /// Whether weight decay shrinks them.
  let decays: Bool

  /// What the learning rate is multiplied with.
  var rate: Float = 1

  /// The parts of parameters laid end to end.
  static func parts(_ parameters: [TrainableParameter]) -> [ParameterPart] {
    var end = 0
    return parameters.map { parameter in
      let start = end
      end += parameter.shape.elementCount
      return ParameterPart(range: start..<end, decays: parameter.decays, rate: parameter.rate)
    }
  }
}

/// What an optimizer remembers between steps.
struct OptimizerState: Sendable, Hashable {
  /// Velocities, or means of gradients.
  var first: [Float]

  /// Means of squared gradients; empty for gradient descent.
  var second: [Float]

  /// How many steps have been taken.
  var stepCount = 0

  /// Remembers nothing yet of `count` parameters.
  init(_ optimizer: Optimizer, count: Int) {
    first = Array(repeating: 0, count: count)
    if case .momentum = optimizer { second = [] } else { second = first }
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - optimizer: How.
  ///   - parameters: What changes.
  ///   - gradients: As many as parameters.
  ///   - parts: What changes alike; together all parameters.
  ///   - rate: The learning rate `η`.
  mutating func step(
    _ optimizer: Optimizer, _ parameters: inout [Float], gradients: [Float],
    parts: [ParameterPart], rate: Float
  ) {
    stepCount += 1
    for part in parts {
      let (rate, share) = (rate * part.rate, part.decays ? Float(1) : 0)
      switch optimizer {
      case .momentum(let momentum, let isNesterov, let decay):
        descend(&parameters, gradients, part.range, rate, momentum, isNesterov, share * decay)
      case .adam(let beta1, let beta2, let epsilon, let decay):
        adapt(
          &parameters, gradients, part.range, rate, (beta1, beta2), epsilon, (share * decay, 0))
      case .adamW(let beta1, let beta2, let epsilon, let decay):
        adapt(
          &parameters, gradients, part.range, rate, (beta1, beta2), epsilon, (0, share * decay))
      }
    }
  }

  private mutating func descend(
    _ parameters: inout [Float], _ gradients: [Float], _ range: Range<Int>, _ rate: Float,
    _ momentum: Float, _ isNesterov: Bool, _ decay: Float
  ) {
    let count = parameters.count
    precondition(gradients.count == count && first.count == count && range.upperBound <= count)
    for index in range {
      let gradient = gradients[index] + decay * parameters[index]
      let velocity = momentum * first[index] + gradient
      first[index] = velocity
      parameters[index] -= rate * (isNesterov ? gradient + momentum * velocity : velocity)
    }
  }

  private mutating func adapt(
    _ parameters: inout [Float], _ gradients: [Float], _ range: Range<Int>, _ rate: Float,
    _ betas: (Float, Float), _ epsilon: Float, _ decay: (inGradient: Float, besides: Float)
  ) {
    let count = parameters.count
    precondition(gradients.count == count && range.upperBound <= count)
    precondition(first.count == count && second.count == count)
    let corrections = (
      Self.correction(betas.0, stepCount), Self.correction(betas.1, stepCount)
    )
    let size = rate / corrections.0
    let spread = 1 / corrections.1.squareRoot()
    let kept = 1 - rate * decay.besides
    for index in range {
      let gradient = gradients[index] + decay.inGradient * parameters[index]
      let mean = betas.0 * first[index] + (1 - betas.0) * gradient
      let square = betas.1 * second[index] + (1 - betas.1) * gradient * gradient
      first[index] = mean
      second[index] = square
      parameters[index] =
        kept * parameters[index] - size * mean / (square.squareRoot() * spread + epsilon)
    }
  }

  /// The number `1 − βⁿ`.
  private static func correction(_ beta: Float, _ count: Int) -> Float {
    // By squaring: the same on every machine, unlike a library's power function.
    var (power, factor, rest) = (1.0, Double(beta), count)
    while rest > 0 {
      if rest & 1 == 1 { power *= factor }
      factor *= factor
      rest >>= 1
    }
    return Float(1 - power)
  }
}

/// Gradients whose length is limited.
enum GradientClipping {
  /// Shrinks gradients to `limit` where their Euclidean norm is larger.
  ///
  /// - Returns: The norm before.
  @discardableResult
  static func apply(_ gradients: inout [Float], limit: Float?) -> Float {
    var sum = 0.0
    for gradient in gradients { sum += Double(gradient) * Double(gradient) }
    let norm = Float(sum.squareRoot())
    guard let limit, norm > limit else { return norm }
    let factor = limit / norm
    for index in gradients.indices { gradients[index] *= factor }
    return norm
  }
}
