/// A map at the positions of an input, with the order in which it ranks them.
public struct MapReading: Sendable {
  /// The map at the positions of the input, signed, in row-major order.
  public let values: [Float]

  /// The extents of the positions.
  public let positions: [Int]

  /// All positions, the highest value first; equal values in an order that is the same for all maps of
  /// one input, and does not prefer any place.
  public let order: [Int32]

  /// The places of all positions among equal values; nil for the order of positions.
  let ties: [Int32]?

  /// Reads a map.
  ///
  /// - Parameters:
  ///   - values: One finite number for every position, in row-major order.
  ///   - positions: The extents of the positions.
  ///   - ties: The places of all positions among equal values: those with a lower one come first; nil takes
  ///     the order of positions, for values that are to be compared with published ones.
  public init(_ values: [Float], positions: [Int], ties: [Int32]? = nil) {
    self.values = values
    self.positions = positions
    self.ties = ties
    let all = (0..<Int32(values.count))
    order = all.sorted { first, second in
      let (a, b) = (values[Int(first)], values[Int(second)])
      if a != b { return a > b }
      guard let ties else { return first < second }
      return ties[Int(first)] < ties[Int(second)]
    }
  }

  /// The number of positions.
  public var count: Int { values.count }
}
