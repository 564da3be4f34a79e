/// What metrics know of an input besides maps of it.
public struct SampleFacts: Hashable, Sendable {
  /// The extents of the positions of the input.
  public let positions: [Int]

  /// Where random numbers for the input start; the same for all maps of it, and different for inputs that
  /// differ.
  public let seed: UInt64

  /// The length of intervals that are hidden as a whole on inputs with one axis, in positions.
  public let bandWidth: Int

  /// Describes an input.
  ///
  /// - Parameters:
  ///   - positions: The extents of its positions.
  ///   - seed: Where random numbers for it start.
  ///   - bandWidth: The length of intervals that are hidden as a whole, in positions; 2 % of the axis when
  ///     nil.
  public init(positions: [Int], seed: UInt64, bandWidth: Int? = nil) {
    self.positions = positions
    self.seed = seed
    self.bandWidth = bandWidth ?? max(1, Int((0.02 * Double(positions.last ?? 1)).rounded()))
  }

  /// The number of positions.
  public var count: Int { positions.reduce(1, *) }
}
