public import Catalogs
public import GraphIR
import Operations

/// What a method may look at for one changed input, for a batch of such.
public struct RepeatSite {
  /// What was computed at the place of the changed input, `[changes, channels, positions…]`: a layer, or
  /// the input.
  public let activation: Value

  /// The gradient of what is explained with respect to it, of the same shape.
  public let gradient: Value

  /// The changed input, `[changes, channels, positions…]`.
  public let input: Value

  /// Makes what `difference` is, where it is asked for.
  let makeDifference: () -> Value

  /// Makes what `kept` is, where it is asked for.
  let makeKept: (Int) -> Value

  /// The unchanged input less what it is compared with, of the shape of the input.
  public var difference: Value { makeDifference() }

  /// One of the values that are kept of the unchanged sample, `[changes, …]`.
  public func kept(_ index: Int) -> Value { makeKept(index) }
}

/// What is known of a value after all changes.
public enum RepeatedStatistic: Hashable, Sendable {
  /// The mean.
  case mean
  /// The mean of the squared differences from the mean.
  case variance
  /// The value at the last change.
  case last
}

/// A value that is followed over all changes of an input.
public struct RepeatedTerm {
  /// The value, `[changes, …]`.
  public let value: Value

  /// What is found of it.
  public let statistic: RepeatedStatistic

  /// Describes a term.
  public init(_ value: Value, _ statistic: RepeatedStatistic = .mean) {
    self.value = value
    self.statistic = statistic
  }
}

/// What a map is made of after all changes, for one sample.
public struct RepeatedResults {
  /// What was found of the terms, `[1, …]`, in their order.
  public let terms: [Value]

  /// The values that were kept of the unchanged sample, `[1, …]`.
  public let kept: [Value]
}

/// A way to explain that runs the same graph on changed inputs and accumulates what it gives.
///
/// Changes of many samples run together in full batches; those of equal changes are run once for all
/// methods and layers of a plan.
public struct Repetition: Sendable {
  /// The parameter that says how many changes there are.
  public let count: Parameter<Int>

  /// How inputs are changed.
  public let changes: @Sendable (Settings) -> InputChanges

  /// Adds values to the graph of the unchanged sample, `[samples, …]`, that are used with every change
  /// or at the end.
  public let kept: @Sendable (MethodSite, Settings) -> [Value]

  /// Adds the terms to the graph of a changed input.
  public let terms: @Sendable (RepeatSite, Settings) -> [RepeatedTerm]

  /// Makes the map, `[1, 1, positions…]`, or weights of channels.
  let combination: Combination

  /// What is done to the map at the end.
  let finishing: [FinishingStep]

  /// How a map is made of the terms.
  enum Combination: Sendable {
    /// `[1, 1, positions…]`.
    case map(@Sendable (RepeatedResults, Settings) -> Value)
    /// Weights `w` of the channels of the unchanged activation, `[1, channels, 1…]`.
    case weights(@Sendable (RepeatedResults, Settings) -> Value)
  }

  /// Describes a method.
  ///
  /// - Parameters:
  ///   - count: The parameter that says how many changes there are.
  ///   - changes: How inputs are changed.
  ///   - kept: What is kept of the unchanged sample, `[samples, …]`.
  ///   - terms: What is followed over all changes.
  ///   - map: The map of what was found, `[1, 1, positions…]`.
  public init(
    count: Parameter<Int>, changes: @escaping @Sendable (Settings) -> InputChanges,
    kept: @escaping @Sendable (MethodSite, Settings) -> [Value] = { _, _ in [] },
    terms: @escaping @Sendable (RepeatSite, Settings) -> [RepeatedTerm],
    map: @escaping @Sendable (RepeatedResults, Settings) -> Value
  ) {
    self.count = count
    self.changes = changes
    self.kept = kept
    self.terms = terms
    combination = .map(map)
    finishing = []
  }

  /// Describes a method whose map is the sum of the channels of the unchanged activation, weighted.
  ///
  /// - Parameters:
  ///   - count: The parameter that says how many changes there are.
  ///   - changes: How inputs are changed.
  ///   - terms: What is followed over all changes.
  ///   - weights: The weights of what was found, `[1, channels, 1…]`; the first of the values that are
  ///     kept is the activation.
  public init(
    count: Parameter<Int>, changes: @escaping @Sendable (Settings) -> InputChanges,
    terms: @escaping @Sendable (RepeatSite, Settings) -> [RepeatedTerm],
    weights: @escaping @Sendable (RepeatedResults, Settings) -> Value
  ) {
    self.count = count
    self.changes = changes
    kept = { site, _ in [site.activation] }
    self.terms = terms
    combination = .weights(weights)
    finishing = []
  }

  private init(_ repetition: Repetition, finishing steps: [FinishingStep]) {
    count = repetition.count
    changes = repetition.changes
    kept = repetition.kept
    terms = repetition.terms
    combination = repetition.combination
    finishing = repetition.finishing + steps
  }

  /// Whether the map is a weighted sum of the channels of the activation, finished.
  var weighsChannels: Bool { if case .weights = combination { true } else { false } }

  /// The same with steps at its end.
  func followed(by steps: [FinishingStep]) -> Repetition { Repetition(self, finishing: steps) }

  /// The map, `[1, 1, positions…]`, and the weights where it is a sum of channels.
  func combined(_ results: RepeatedResults, _ settings: Settings) -> (map: Value, weights: Value?) {
    switch combination {
    case .map(let map):
      return (finishing.reduce(map(results, settings)) { $1.finished($0, settings) }, nil)
    case .weights(let weighing):
      let weights = weighing(results, settings)
      let sum = (weights * results.kept[0]).sum(over: .channels)
      return (finishing.reduce(sum) { $1.finished($0, settings) }, weights)
    }
  }
}
