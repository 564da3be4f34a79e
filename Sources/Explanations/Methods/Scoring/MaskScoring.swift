public import Catalogs
public import GraphIR
import Operations

/// The channels that a method makes masks of.
public struct MaskChannels {
  /// What becomes masks, `[samples, channels, positions…]`.
  public let maps: Value

  /// What the scores weigh, of the same shape; the maps themselves where nothing is said.
  public let summed: Value

  /// The order in which channels are preferred, the largest first, `[samples, channels]`.
  public let ranking: Value

  /// Describes the channels.
  public init(maps: Value, summed: Value? = nil, ranking: Value) {
    self.maps = maps
    self.summed = summed ?? maps
    self.ranking = ranking
  }
}

/// How the network is shown masked inputs, and what its scores become.
public struct MaskRecipe: Hashable, Sendable {
  /// What stands where a mask hides the input.
  public var fill: InputFill

  /// Whether a score is a logit or a probability.
  public var form: ScoreForm

  /// Whether the score of an input that is all fill is subtracted.
  ///
  /// Where this leaves a map with nothing above zero, it is not subtracted after all.
  public var subtractsFill: Bool

  /// How many channels are scored, those that rank first.
  public var channelCount: Int

  /// Whether scores become weights by a softmax over the channels.
  public var usesSoftmax: Bool

  /// Whether masks are brought to 0…1 where they are laid over the input; others are shares as they are.
  public var normalizesMasks: Bool

  /// How the mask of a channel becomes several whose scores are averaged.
  public var variation: MaskVariation

  /// Describes a recipe.
  public init(
    fill: InputFill, form: ScoreForm = .probability, subtractsFill: Bool,
    channelCount: Int = .max, usesSoftmax: Bool = false, normalizesMasks: Bool = true,
    variation: MaskVariation = .none
  ) {
    self.fill = fill
    self.form = form
    self.subtractsFill = subtractsFill
    self.channelCount = channelCount
    self.usesSoftmax = usesSoftmax
    self.normalizesMasks = normalizesMasks
    self.variation = variation
  }
}

/// What a map is combined of, for one sample.
public struct MaskCombination {
  /// What became masks, `[1, channels, positions…]`.
  public let maps: Value

  /// The masks on the grid of the layer: maps from their least (0) to their largest value (1).
  public let masks: Value

  /// What the method sums, of the same shape.
  public let summed: Value

  /// The weight of every channel, `[1, channels, 1…]`; 0 for those that were not scored.
  public let weights: Value
}

/// A way to explain that shows the network masked inputs, one for every channel of a layer.
///
/// Three graphs: the channels; the network on masked inputs, run many times; the combination.
public struct MaskScoring: Sendable {
  /// Adds the channels to the graph of the network.
  public let channels: @Sendable (MethodSite, Settings) -> MaskChannels

  /// How masked inputs are made and scored.
  public let recipe: @Sendable (Settings) -> MaskRecipe

  /// Adds the map, `[1, 1, positions…]`.
  public let combined: @Sendable (MaskCombination, Settings) -> Value

  /// Whether the map is the sum of the activation's channels, weighted by their scores, finished.
  let weighsActivations: Bool

  /// Describes a method.
  public init(
    channels: @escaping @Sendable (MethodSite, Settings) -> MaskChannels,
    recipe: @escaping @Sendable (Settings) -> MaskRecipe,
    combined: @escaping @Sendable (MaskCombination, Settings) -> Value
  ) {
    self.channels = channels
    self.recipe = recipe
    self.combined = combined
    weighsActivations = false
  }

  /// Describes a method whose masks are the channels of the activation and whose map is their sum,
  /// weighted by their scores.
  ///
  /// - Parameters:
  ///   - ranking: The order in which channels are preferred, the largest first, `[samples, channels]`.
  ///   - recipe: How masked inputs are made and scored.
  public init(
    weighingActivationsRankedBy ranking: @escaping @Sendable (MethodSite) -> Value,
    recipe: @escaping @Sendable (Settings) -> MaskRecipe
  ) {
    channels = { site, _ in MaskChannels(maps: site.activation, ranking: ranking(site)) }
    self.recipe = recipe
    combined = { channels, _ in (channels.weights * channels.maps).sum(over: .channels) }
    weighsActivations = true
  }

  private init(_ scoring: MaskScoring, finishing steps: [FinishingStep]) {
    channels = scoring.channels
    recipe = scoring.recipe
    weighsActivations = scoring.weighsActivations
    combined = { channels, settings in
      steps.reduce(scoring.combined(channels, settings)) { $1.finished($0, settings) }
    }
  }

  /// The same with steps at its end.
  func followed(by steps: [FinishingStep]) -> MaskScoring {
    MaskScoring(self, finishing: steps)
  }
}
