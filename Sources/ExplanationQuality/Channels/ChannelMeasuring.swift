public import Catalogs

/// What is done to the channels of a layer, one by one, to see what each does.
public enum ChannelTrial: String, Hashable, Sendable, CaseIterable {
  /// The channel is set to 0: `z(A) − z(A_k := 0)`, of the explained score.
  case remove
  /// All others are set to 0: `z(A_k alone) − z(0)`.
  case alone
  /// The input is shown through the channel as Score-CAM does: `p(x ⊙ n(U(A_k))) − p(0)`, of the score
  /// that is followed.
  case keep
}

/// Channels of a layer for one input: what a method gives them, and what the network does with them.
public struct ChannelReading: Sendable {
  /// The weights, `w_k` of `Σ_k w_k A_k`.
  public let weights: [Double]

  /// The mean of each channel over positions.
  public let means: [Double]

  /// What each does to the explained score.
  public let effects: [Double]

  /// What each does to the difference of the explained score from the mean of the others; the same as
  /// the effects where no class is explained.
  public let contrasts: [Double]

  /// Notes channels, the same in all rows.
  public init(weights: [Double], means: [Double], effects: [Double], contrasts: [Double]) {
    self.weights = weights
    self.means = means
    self.effects = effects
    self.contrasts = contrasts
  }
}

/// A metric of what a method gives channels.
public struct ChannelMeasuring: Sendable {
  /// What is done to the channels; what that gives is shared by all maps of a layer.
  public let trial: @Sendable (Settings) -> ChannelTrial

  /// Which channels are tried, by the mean magnitude of each, in increasing order.
  public let channels: @Sendable (_ activity: [Double], SampleFacts, Settings) -> [Int]

  /// The measurement, of the channels that were tried.
  public let measurement: @Sendable (ChannelReading, Settings) -> Measurement

  /// Describes a metric.
  public init(
    trial: @escaping @Sendable (Settings) -> ChannelTrial,
    channels: @escaping @Sendable (_ activity: [Double], SampleFacts, Settings) -> [Int],
    measurement: @escaping @Sendable (ChannelReading, Settings) -> Measurement
  ) {
    self.trial = trial
    self.channels = channels
    self.measurement = measurement
  }
}

/// A metric of the weights that a method gives channels when the input changes.
public struct ReweightedMeasuring: Sendable {
  /// The changed inputs of an input with so many channels, in row-major order.
  public let inputs:
    @Sendable (_ input: [Float], _ channels: Int, SampleFacts, Settings) -> [[Float]]

  /// The measurement, of the weights and those of each changed input, all channels of the layer.
  public let measurement: @Sendable ([Double], _ others: [[Double]], Settings) -> Measurement

  /// Describes a metric.
  public init(
    inputs:
      @escaping @Sendable (_ input: [Float], _ channels: Int, SampleFacts, Settings) -> [[Float]],
    measurement: @escaping @Sendable ([Double], _ others: [[Double]], Settings) -> Measurement
  ) {
    self.inputs = inputs
    self.measurement = measurement
  }
}
