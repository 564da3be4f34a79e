public import Catalogs
public import GraphIR

/// How a way from a baseline to an input is divided.
public struct PathRule: Sendable, Hashable {
  /// The number of steps at first.
  public var firstCount: Int

  /// By how much the map may miss the difference of the scores, as a share of it.
  public var greatestGap: Double

  /// The number of steps that is not exceeded.
  public var greatestCount = 1024

  /// Describes a rule.
  public init(firstCount: Int, greatestGap: Double) {
    self.firstCount = firstCount
    self.greatestGap = greatestGap
  }
}

/// A way to explain that integrates gradients from a baseline to the input.
///
/// The network runs forth and back at points of the way, in full batches of points of many samples; the
/// number of steps is tripled for those whose map does not yet add up to the difference of the scores.
public struct PathIntegration: Sendable {
  /// Adds what the input is compared with, of its shape, to the graph of the network.
  public let baseline: @Sendable (MethodSite, Settings) -> Value

  /// How the way is divided.
  public let rule: @Sendable (Settings) -> PathRule

  /// Describes a method.
  public init(
    baseline: @escaping @Sendable (MethodSite, Settings) -> Value,
    rule: @escaping @Sendable (Settings) -> PathRule
  ) {
    self.baseline = baseline
    self.rule = rule
  }
}
