import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// The relevance that the scores start with, made of the weights of a target.
public enum OutputRelevance: Hashable, Sendable {
  /// The weights themselves: 1 for a class, 0 elsewhere.
  case target
  /// The weights times the scores: the logit of a class, 0 elsewhere.
  case score
  /// The weights times what the scores exceed a reference by; for measured quantities.
  case difference(from: Float)
  /// 1 for a class and −1/(N − 1) for each of the N − 1 others; the sum is 0.
  case contrast
  /// 1 for a class and −1/N for each other, as in the released Relevance-CAM code.
  case releasedContrast
  /// `contrast` times the explained score: `z_c` for a class and `−z_c / (N − 1)` for each other.
  case scaledContrast
  /// The gradient of the class's probability: `p_c (1 − p_c)` and `−p_c p_n`, or `p (1 − p)` where each
  /// score has a probability of its own.
  case probabilityGradient
  /// What is positive in `contrast`: the class.
  case supporting
  /// What is negative in `contrast`, made positive: 1/(N − 1) for each other class.
  case opposing
  /// The magnitudes of the scores that `supporting` leaves out: `|z_n|` for each other class, or for
  /// those with negative weights where there are such.
  case rivalMagnitudes
  /// What is positive in `probabilityGradient`, divided by its sum.
  case probableSupport
  /// What is negative in `probabilityGradient`, divided by its sum: `p_n / (1 − p_c)`.
  case probableRivals
}

extension OutputRelevance {
  /// Adds the relevance to a graph; of a single score, contrasts are the weights.
  ///
  /// - Parameters:
  ///   - scores: The raw scores, `[samples, classes, positions…]`; classes are set against each other
  ///     position by position.
  ///   - weights: The weights of the target, of the same shape.
  ///   - activation: What makes probabilities of the scores.
  /// - Returns: The relevance of the scores, of their shape.
  func start(scores: Value, weights: Value, activation: TrailingActivation) -> Value {
    let seeds = RelevanceSeeds(scores: scores, weights: weights, activation: activation)
    return switch self {
    case .target: weights
    case .score: weights * scores
    case .difference(let reference): weights * (scores - reference)
    case .contrast: seeds.contrast
    case .releasedContrast: seeds.releasedContrast
    case .scaledContrast: seeds.contrast * (weights * scores).sum(over: .axes([1]))
    case .probabilityGradient: seeds.probabilityGradient
    case .supporting: seeds.contrast.positive
    case .opposing: (-seeds.contrast).positive
    case .rivalMagnitudes: seeds.rivalMagnitudes
    case .probableSupport: seeds.shares(of: seeds.probabilityGradient.positive)
    case .probableRivals: seeds.shares(of: (-seeds.probabilityGradient).positive)
    }
  }
}

/// What relevance may start with.
private struct RelevanceSeeds {
  let scores: Value
  let weights: Value
  let activation: TrailingActivation

  private var count: Float { Float(scores.shape[1]) }

  private func total(_ value: Value) -> Value { value.sum(over: .axes([1])) }

  var contrast: Value {
    count == 1 ? weights : weights * (count / (count - 1)) - total(weights) * (1 / (count - 1))
  }

  var releasedContrast: Value {
    count == 1 ? weights : weights * (1 + 1 / count) - total(weights) * (1 / count)
  }

  var rivalMagnitudes: Value {
    let zero = scores.builder.constant(0)
    let negative = (-weights).positive
    // Where a position does not count, no class has a rival.
    let counts = total(weights.absolute).isGreater(than: 0)
    let others = weights.isEqual(to: zero) * counts
    return total(negative).isGreater(than: 0).choosing(negative, else: others) * scores.absolute
  }

  /// `p_n Σ_m (w_n − w_m) p_m`, with weights counted from that of the most probable score, so that
  /// nothing cancels when its probability is almost 1.
  var probabilityGradient: Value {
    if activation == .logistic {
      return weights * scores.logistic * (-scores).logistic
    }
    guard count > 1 else { return weights }
    let probabilities = scores.builder.apply(Softmax(axis: 1), [scores])
    let isBest = scores.isEqual(to: scores.maximum(over: .axes([1])))
    let counted = weights - total(weights * isBest) / total(isBest)
    return probabilities * (counted - total(counted * probabilities))
  }

  /// A value divided by its sum, unless that is 0.
  func shares(of value: Value) -> Value {
    let all = AxisSelection.axes(Array(1..<scores.shape.rank))
    let (sum, one) = (value.sum(over: all), scores.builder.constant(1))
    return value / sum.isGreater(than: 0).choosing(sum, else: one)
  }
}
