import TensorCore

/// In which order positions of equal value stand, the same for all maps of an input.
public struct TieOrder: Hashable, Sendable {
  /// The place of every position among equals.
  let places: [UInt32]

  /// The position at every place.
  let positions: [Int32]

  /// The order of positions itself.
  public init(count: Int) {
    positions = Array(0..<Int32(count))
    places = Array(0..<UInt32(count))
  }

  /// An order by the place of every position, each number once.
  init(places: [Int32]) {
    self.places = places.map { UInt32($0) }
    var positions = [Int32](repeating: 0, count: places.count)
    for (position, place) in places.enumerated() { positions[Int(place)] = Int32(position) }
    self.positions = positions
  }

  /// A random order, all orders equally likely.
  public init(count: Int, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    positions = generator.shuffled(Array(0..<Int32(count)))
    var places = [UInt32](repeating: 0, count: count)
    for (place, position) in positions.enumerated() { places[Int(position)] = UInt32(place) }
    self.places = places
  }
}
