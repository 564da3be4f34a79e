public import Catalogs

/// Which way a metric's values are better.
public enum MetricDirection: String, Hashable, Sendable {
  /// The higher the better.
  case up
  /// The lower the better.
  case down
  /// Neither: it describes.
  case none

  /// A value such that the higher is the better.
  public func worth(_ value: Double) -> Double { self == .down ? -value : value }
}

/// What a metric measures first of all.
public enum MetricTopic: String, Hashable, Sendable, CaseIterable {
  /// Whether the score depends on what the map marks.
  case faithfulness
  /// Whether the map marks what is known to matter.
  case localization
  /// How the map is spread.
  case complexity
  /// Whether similar inputs have similar maps.
  case stability
  /// Whether the map depends on the network and the class.
  case sanity
}

/// One entry of the catalog: a way to measure how far a map can be trusted.
public struct Metric: CatalogEntry {
  /// The name on the command line.
  public let id: String

  /// The name in tables.
  public let title: String

  /// What it measures, in one sentence.
  public let summary: String

  /// How it is computed, in symbols: `L` is the map, `L⁺` its positive part, `S` the object, `P` the number
  /// of positions, `Y` the score of the whole input and `O` that of a masked one.
  public let formula: String

  /// The paper and equation.
  public let source: String

  /// What it measures first of all.
  public let topic: MetricTopic

  /// Which way its values are better.
  public let direction: MetricDirection

  /// The least and greatest value that it can have; nil on a side without one.
  public let bounds: (least: Double?, greatest: Double?)

  /// What a map that knows nothing has, in words, such as "the area of the object"; empty where only
  /// controls tell.
  public let chance: String

  /// Whether it depends on the order of positions alone, not on how values are distributed.
  public let usesOrderOnly: Bool

  /// What should be known before it is believed; empty for nothing.
  public let caution: String

  /// What a user may change.
  public let parameters: [any ParameterDescription]

  /// How it comes to its numbers.
  public let procedure: MetricProcedure

  /// Creates a metric.
  public init(
    id: String, title: String, summary: String, formula: String, source: String,
    topic: MetricTopic, direction: MetricDirection,
    bounds: (least: Double?, greatest: Double?) = (0, 1), chance: String = "",
    usesOrderOnly: Bool = false, caution: String = "",
    parameters: [any ParameterDescription] = [], procedure: MetricProcedure
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.formula = formula
    self.source = source
    self.topic = topic
    self.direction = direction
    self.bounds = bounds
    self.chance = chance
    self.usesOrderOnly = usesOrderOnly
    self.caution = caution
    self.parameters = parameters
    self.procedure = procedure
  }
}
