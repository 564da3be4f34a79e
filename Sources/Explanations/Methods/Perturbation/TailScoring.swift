public import Catalogs
public import GraphIR
import Operations
public import TensorCore

/// What the activation of a layer is multiplied by, many times.
public struct ActivationFactors: Sendable {
  /// How many changed activations there are.
  public let count: Int

  /// The shape of the factors of one, `[channels or 1, positions or 1…]`.
  public let shape: Shape

  /// The factors of one, in row-major order.
  public let row: @Sendable (_ index: Int) -> [Float]

  /// Describes factors; they are made when they are needed.
  public init(count: Int, shape: Shape, row: @escaping @Sendable (_ index: Int) -> [Float]) {
    self.count = count
    self.shape = shape
    self.row = row
  }
}

/// What a map is made of, for one sample.
public struct TailScores {
  /// The activation of the layer, `[1, channels, positions…]`.
  public let activation: Value

  /// The explained value of each changed activation, `[changes]`.
  public let scores: Value
}

/// A way to explain that changes the activation of a layer and looks at what the rest of the network
/// makes of it.
///
/// Only what follows the layer runs for each change.
public struct TailScoring: Sendable {
  /// What the activation is multiplied by; its shape is `[channels, positions…]`.
  public let factors: @Sendable (_ activation: Shape, Settings) -> ActivationFactors

  /// Whether a score is a logit or a probability.
  public let form: @Sendable (Settings) -> ScoreForm

  /// Adds the weights of the channels that the map is a sum of, `[1, channels, 1…]`; nil for others.
  let weights: (@Sendable (TailScores, Settings) -> Value)?

  private let map: @Sendable (TailScores, Settings) -> Value
  private var finishing: [FinishingStep] = []

  /// Describes a method.
  ///
  /// - Parameters:
  ///   - factors: What the activation is multiplied by; its shape is `[channels, positions…]`.
  ///   - form: Whether a score is a logit or a probability.
  ///   - map: Adds the map, `[1, 1, positions…]`.
  public init(
    factors: @escaping @Sendable (_ activation: Shape, Settings) -> ActivationFactors,
    form: @escaping @Sendable (Settings) -> ScoreForm,
    map: @escaping @Sendable (TailScores, Settings) -> Value
  ) {
    self.factors = factors
    self.form = form
    self.map = map
    weights = nil
  }

  /// Describes a method whose map is a weighted sum of the channels of the activation.
  ///
  /// - Parameters:
  ///   - factors: What the activation is multiplied by; its shape is `[channels, positions…]`.
  ///   - form: Whether a score is a logit or a probability.
  ///   - weights: Adds the weights, `[1, channels, 1…]`.
  public init(
    factors: @escaping @Sendable (_ activation: Shape, Settings) -> ActivationFactors,
    form: @escaping @Sendable (Settings) -> ScoreForm,
    weights: @escaping @Sendable (TailScores, Settings) -> Value
  ) {
    self.factors = factors
    self.form = form
    self.weights = weights
    map = { found, settings in
      (weights(found, settings) * found.activation).sum(over: .channels)
    }
  }

  /// The map, finished, `[1, 1, positions…]`.
  func map(of found: TailScores, _ settings: Settings) -> Value {
    finishing.reduce(map(found, settings)) { $1.finished($0, settings) }
  }

  /// The same with steps at its end.
  func followed(by steps: [FinishingStep]) -> TailScoring {
    var scoring = self
    scoring.finishing += steps
    return scoring
  }
}
