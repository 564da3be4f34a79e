public import Catalogs
public import Explanations

/// A number between a metric's bounds, and the curve that it sums up, if there is one.
public struct Measurement: Hashable, Sendable {
  /// The number; nil where it is not defined for a map, which is counted.
  public let value: Double?

  /// Which share of the positions was hidden or shown at each point, 0…1.
  public let fractions: [Double]

  /// The scores at these points.
  public let scores: [Double]

  /// Notes a measurement.
  public init(_ value: Double?, fractions: [Double] = [], scores: [Double] = []) {
    self.value = value
    self.fractions = fractions
    self.scores = scores
  }
}

/// Which way a metric's values are better.
public enum MetricDirection: String, Hashable, Sendable {
  /// The higher the better.
  case up
  /// The lower the better.
  case down
  /// Neither: it describes.
  case none
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

/// How a metric comes to its numbers.
///
/// None runs a network: rows and inputs are asked for, and scores and
/// maps are given.
public enum MetricProcedure: Sendable {
  /// Of the map alone.
  case map(@Sendable (MapReading, Settings) -> Measurement)
  /// Of the map and what is known of the input.
  case truth(@Sendable (MapReading, TruthRegion, Settings) -> Measurement)
  /// Of scores of inputs that the map masks.
  case masked(MaskedMeasuring)
  /// Of scores of masked inputs that are the same for all maps of an input.
  case shared(SharedMeasuring)
  /// Of maps of changed inputs.
  case repeated(RepeatedMeasuring)
}

/// A metric of inputs that the map masks.
public struct MaskedMeasuring: Sendable {
  /// What is scored.
  public let rows: @Sendable (MapReading, SampleFacts, Settings) -> [MaskedRow]

  /// The measurement, of the score of each row: a probability, or what the user chose.
  public let measurement: @Sendable (MapReading, [Double], SampleFacts, Settings) -> Measurement

  /// Describes a metric.
  public init(
    rows: @escaping @Sendable (MapReading, SampleFacts, Settings) -> [MaskedRow],
    measurement: @escaping @Sendable (MapReading, [Double], SampleFacts, Settings) -> Measurement
  ) {
    self.rows = rows
    self.measurement = measurement
  }
}

/// A metric of masked inputs that are the same for all maps of an input.
public struct SharedMeasuring: Sendable {
  /// What is scored.
  public let rows: @Sendable (SampleFacts, Settings) -> [MaskedRow]

  /// The measurement, of the score of each row.
  public let measurement: @Sendable (MapReading, [Double], SampleFacts, Settings) -> Measurement

  /// Describes a metric.
  public init(
    rows: @escaping @Sendable (SampleFacts, Settings) -> [MaskedRow],
    measurement: @escaping @Sendable (MapReading, [Double], SampleFacts, Settings) -> Measurement
  ) {
    self.rows = rows
    self.measurement = measurement
  }
}

/// A metric of maps of changed inputs.
public struct RepeatedMeasuring: Sendable {
  /// The changed inputs of an input with so many channels, in row-major order.
  public let inputs:
    @Sendable (_ input: [Float], _ channels: Int, SampleFacts, Settings) -> [[Float]]

  /// The measurement, of the map of each changed input.
  public let measurement: @Sendable (MapReading, [MapReading], SampleFacts, Settings) -> Measurement

  /// Describes a metric.
  public init(
    inputs:
      @escaping @Sendable (_ input: [Float], _ channels: Int, SampleFacts, Settings) -> [[Float]],
    measurement:
      @escaping @Sendable (MapReading, [MapReading], SampleFacts, Settings) -> Measurement
  ) {
    self.inputs = inputs
    self.measurement = measurement
  }
}

/// One entry of the catalog: a way to measure how far a map can be trusted.
public struct Metric: CatalogEntry {
  /// The name on the command line.
  public let id: String

  /// The name in tables.
  public let title: String

  /// What it measures, in one sentence.
  public let summary: String

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
    id: String, title: String, summary: String, source: String, topic: MetricTopic,
    direction: MetricDirection, bounds: (least: Double?, greatest: Double?) = (0, 1),
    chance: String = "", usesOrderOnly: Bool = false, caution: String = "",
    parameters: [any ParameterDescription] = [], procedure: MetricProcedure
  ) {
    self.id = id
    self.title = title
    self.summary = summary
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
