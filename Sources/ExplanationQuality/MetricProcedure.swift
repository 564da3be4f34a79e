public import Catalogs
public import Explanations

/// How a metric comes to its numbers.
///
/// None runs a network: rows, inputs and maps are asked for, and scores and maps are given.
public enum MetricProcedure: Sendable {
  /// Of the map alone.
  case map(@Sendable (MapReading, Settings) -> Measurement)
  /// Of the map and what is known of the input.
  case truth(@Sendable (MapReading, TruthRegion, Settings) -> Measurement)
  /// Of scores of inputs that the map masks.
  case masked(MaskedMeasuring)
  /// Of scores of masked inputs that are the same for all maps of an input.
  case shared(SharedMeasuring)
  /// Of maps of changed inputs that are the same for all maps of an input.
  case repeated(RepeatedMeasuring)
  /// Of maps and scores of inputs that the map masks.
  case reexplained(ReexplainedMeasuring)
  /// Of the map and that of another class of the same input, by the same method at the same layer.
  case paired(@Sendable (MapReading, _ other: MapReading, Settings) -> Measurement)
  /// Of the weights of channels that the map is a sum of, and what the network does with the channels.
  case channels(ChannelMeasuring)
  /// Of the weights of channels, and those of changed inputs.
  case reweighted(ReweightedMeasuring)
  /// Of the map and those of the same input by networks with random weights.
  case randomized(@Sendable (RandomizedMaps, Settings) -> Measurement)
  /// Of the map of the input with a thing of another input in it, for the class of the thing.
  case planted(@Sendable (MapReading, PlantedThing, SampleFacts, Settings) -> Measurement)
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

/// A metric that explains inputs anew which the map masks.
public struct ReexplainedMeasuring: Sendable {
  /// What is explained for the same class, by the same method at the same layer.
  public let explained: @Sendable (MapReading, SampleFacts, Settings) -> [MaskedRow]

  /// What is scored.
  public let rows: @Sendable (MapReading, SampleFacts, Settings) -> [MaskedRow]

  /// The measurement, of the map of each explained row and the score of each scored one.
  public let measurement:
    @Sendable (MapReading, [MapReading], [Double], SampleFacts, Settings) -> Measurement

  /// Describes a metric.
  public init(
    explained: @escaping @Sendable (MapReading, SampleFacts, Settings) -> [MaskedRow],
    rows: @escaping @Sendable (MapReading, SampleFacts, Settings) -> [MaskedRow],
    measurement:
      @escaping @Sendable (MapReading, [MapReading], [Double], SampleFacts, Settings) -> Measurement
  ) {
    self.explained = explained
    self.rows = rows
    self.measurement = measurement
  }
}

/// Maps of one input by networks whose weights were made random, from the score downward.
public struct RandomizedMaps: Sendable {
  /// The maps of a network after each stage, the first with the last weights made random, the last with
  /// all of them; on any grid, that of the layer if there is one.
  public let stages: [MapReading]

  /// The map of another network all of whose weights were made random, with other numbers.
  public let other: MapReading

  /// The map of the network as it is, on the same grid.
  public let original: MapReading

  /// Notes maps, all on one grid.
  public init(original: MapReading, stages: [MapReading], other: MapReading) {
    self.original = original
    self.stages = stages
    self.other = other
  }
}
