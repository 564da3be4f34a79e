/// A map at the positions of an input, with the order in which it ranks them.
public struct MapReading: Sendable {
  /// The map at the positions of the input, signed, in row-major order.
  public let values: [Float]

  /// The extents of the positions.
  public let positions: [Int]

  /// All positions, the highest value first; equal values in an order that is the same for all maps of
  /// one input, and does not prefer any place.
  public let order: [Int32]

  /// The order of equal values; nil for the order of positions.
  let ties: TieOrder?

  /// Reads a map.
  ///
  /// - Parameters:
  ///   - values: One finite number for every position, in row-major order.
  ///   - positions: The extents of the positions.
  ///   - ties: The order of equal values; nil takes the order of positions, for values that are to be
  ///     compared with published ones.
  public init(_ values: [Float], positions: [Int], ties: TieOrder? = nil) {
    self.values = values
    self.positions = positions
    self.ties = ties
    let ties = ties ?? TieOrder(count: values.count)
    // One number for each position: the higher its value the lower, then its place among equals.
    var keys = values.indices.map { index in
      UInt64(~Self.ordered(values[index])) << 32 | UInt64(ties.places[index])
    }
    keys.sort()
    order = keys.map { ties.positions[Int(UInt32(truncatingIfNeeded: $0))] }
  }

  /// The number of positions.
  public var count: Int { values.count }

  /// Bits that are in the order of the numbers; both zeros are equal.
  private static func ordered(_ value: Float) -> UInt32 {
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
  }
}
