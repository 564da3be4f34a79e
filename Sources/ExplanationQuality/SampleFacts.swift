/// What the scores of an input are.
public enum ScoreScale: String, Hashable, Sendable {
  /// Probabilities, 0…1: losses and gains are shares of what can be lost and gained.
  case probability
  /// Any numbers, such as an amount or log-odds: losses and gains are differences.
  case open
}

/// What metrics know of an input besides maps of it.
public struct SampleFacts: Hashable, Sendable {
  /// The extents of the positions of the input.
  public let positions: [Int]

  /// Where random numbers for the input start; the same for all maps of it, and different for inputs that
  /// differ.
  public let seed: UInt64

  /// The length of intervals that are hidden as a whole on inputs with one axis, in positions.
  public let bandWidth: Int

  /// What its scores are.
  public let scale: ScoreScale

  /// Describes an input.
  ///
  /// - Parameters:
  ///   - positions: The extents of its positions.
  ///   - seed: Where random numbers for it start.
  ///   - bandWidth: The length of intervals that are hidden as a whole, in positions; 2 % of the axis when
  ///     nil.
  ///   - scale: What its scores are.
  public init(
    positions: [Int], seed: UInt64, bandWidth: Int? = nil, scale: ScoreScale = .probability
  ) {
    self.positions = positions
    self.seed = seed
    self.scale = scale
    self.bandWidth = bandWidth ?? max(1, Int((0.02 * Double(positions.last ?? 1)).rounded()))
  }

  /// The number of positions.
  public var count: Int { positions.reduce(1, *) }
}
