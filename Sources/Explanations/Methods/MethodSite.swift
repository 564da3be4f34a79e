public import GraphIR
public import GraphRewriting
import Operations
import TensorCore

/// What an explanation method may look at: one place and one target, for a batch of samples.
public struct MethodSite {
  /// What was computed at the place, `[samples, channels, positions…]`: a layer, or the input.
  public let activation: Value

  /// The gradient of the explained score with respect to it, of the same shape.
  public let gradient: Value

  /// The raw scores, `[samples, scores]`.
  public let scores: Value

  /// The weights of the target over the scores, `[samples, scores]`.
  public let weights: Value

  /// The input of the network, `[samples, channels, positions…]`.
  public let input: Value

  /// The value that is explained, `[samples, 1]`: the weighted sum of scores or probabilities.
  public let explained: Value

  /// The value that the activation is a view of, laid out as the network's file has it.
  let place: Value

  /// What the axes of `place` are.
  let layout: AxisLayout

  /// What inputs may be compared with.
  let background: Background

  /// The ends of the network's stages, from the input on, for a method that joins stages; none for others.
  public let stages: [MethodStage]

  /// The raw scores as the network gives them, and how much each counts.
  private let seed: Seed

  /// What is explained: the scores in their form, and how much each counts.
  private let formed: Seed

  /// How a map on the grid of the place is brought to the positions of the input.
  var alignment: (Value) -> Value

  private let relevanceSource: (RelevanceChoice) -> Value

  /// Creates a site.
  ///
  /// - Parameters:
  ///   - activation: What was computed at the place.
  ///   - gradient: The gradient with respect to it.
  ///   - scores: The raw scores.
  ///   - weights: The weights of the target.
  ///   - input: The input of the network.
  ///   - explained: The value whose gradient is given; that of the raw scores when nil.
  ///   - background: What inputs may be compared with.
  ///   - stages: The ends of stages, from the input on.
  ///   - relevance: Adds a relevance pass and returns what arrives at the place.
  public init(
    activation: Value, gradient: Value, scores: Value, weights: Value, input: Value,
    explained: Value? = nil, background: Background = Background(), stages: [MethodStage] = [],
    relevance: @escaping (RelevanceChoice) -> Value
  ) {
    let seed = Seed(scores, weights: weights.broadcast(to: scores.shape))
    let one = input.builder.constant(1)
    self.init(
      place: activation, layout: AxisLayout(canonical: activation.shape), gradient: gradient,
      scores: scores, weights: weights, input: input,
      explained: explained ?? (scores * weights).sum(over: .axes([1])), seed: seed,
      formed: explained.map { Seed($0, weights: one.broadcast(to: $0.shape)) } ?? seed,
      background: background, stages: stages, relevance: relevance)
  }

  /// Creates a site at a value of any layout.
  ///
  /// - Parameters:
  ///   - place: The value.
  ///   - layout: What its axes are.
  ///   - gradient: The gradient with respect to it, of its shape.
  ///   - scores: The raw scores.
  ///   - weights: The weights of the target.
  ///   - input: The input of the network.
  ///   - explained: The value whose gradient is given.
  ///   - seed: The raw scores as the network gives them, and how much each counts.
  ///   - formed: The same of the scores in the form that is explained.
  ///   - background: What inputs may be compared with.
  ///   - stages: The ends of stages, from the input on.
  ///   - relevance: Adds a relevance pass and returns what arrives at the place, of its shape.
  init(
    place: Value, layout: AxisLayout, gradient: Value, scores: Value, weights: Value,
    input: Value, explained: Value, seed: Seed, formed: Seed, background: Background,
    stages: [MethodStage] = [], relevance: @escaping (RelevanceChoice) -> Value
  ) {
    self.place = place
    self.layout = layout
    activation = layout.canonical(place)
    self.gradient = layout.canonical(gradient)
    self.scores = scores
    self.weights = weights
    self.input = input
    self.explained = explained
    self.seed = seed
    self.formed = formed
    self.background = background
    self.stages = stages
    alignment = { $0.aligned(to: input.shape.positions, fields: nil, .halfPixel) }
    relevanceSource = relevance
  }

  /// The relevance of the place for the explained scores, of the shape of the activation.
  public func relevance(_ choice: RelevanceChoice) -> Value {
    layout.canonical(relevanceSource(choice))
  }

  /// The DeepLIFT multipliers of the input for the raw scores, of its shape; a failure is kept by the
  /// builder of the graph.
  func multipliers(from baseline: Value) -> Value {
    do {
      return try input.builder.multipliers(of: seed, withRespectTo: input, from: baseline)
    } catch {
      input.builder.fail(error)
      return input
    }
  }

  /// What arrives at the input of the network where rectifiers pass on what a rule says; a failure is
  /// kept by the builder of the graph.
  ///
  /// - Parameter rule: What becomes of gradients at rectifiers.
  /// - Returns: Of the shape of the input.
  public func inputGradient(by rule: any GradientRule) -> Value {
    do {
      return try input.builder.gradients(of: [formed], withRespectTo: [input], by: rule)[0]
    } catch {
      input.builder.fail(error)
      return input
    }
  }

  /// What would be computed at the place for another input; a failure is kept by the builder.
  ///
  /// - Parameter other: What stands in the place of the input, of its shape.
  /// - Returns: Of the shape of the activation.
  public func activation(for other: Value) -> Value {
    do {
      let replaced = try input.builder.replay(place, replacing: input, with: other)
      return layout.canonical(replaced[place.id] ?? place)
    } catch {
      input.builder.fail(error)
      return activation
    }
  }

  /// A map on the grid of the activation, brought to the positions of the input.
  ///
  /// - Parameter map: `[samples, 1, positions…]` of the grid.
  /// - Returns: `[samples, 1, positions…]` of the input.
  public func atInput(_ map: Value) -> Value { alignment(map) }
}
