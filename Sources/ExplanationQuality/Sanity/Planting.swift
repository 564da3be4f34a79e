import TensorCore

/// A thing that was cut out of one input and put into another, with what the network says of it.
public struct PlantedThing: Hashable, Sendable {
  /// Where it stands.
  public let region: TruthRegion

  /// The score of its class before it was there.
  public let before: Double

  /// The score of its class with it.
  public let after: Double

  /// Describes a thing.
  public init(region: TruthRegion, before: Double, after: Double) {
    self.region = region
    self.before = before
    self.after = after
  }

  /// The share of the input that it covers.
  var share: Double { Double(region.count) / Double(max(region.inside.count, 1)) }
}

/// An input with something of another input in it.
public struct Planting: Hashable, Sendable {
  /// The input, `[channels, positions…]` in row-major order.
  public let input: [Float]

  /// Where the thing stands in it.
  public let region: TruthRegion

  /// Puts a thing into a corner of an input, each as likely as any other.
  ///
  /// Nil where there is no thing, or the shapes differ. Anywhere else where all of it fits it would stand in
  /// the middle more often than elsewhere, and a spot in the middle would find it.
  ///
  /// - Parameters:
  ///   - thing: Which positions of the other input it has.
  ///   - other: The other input, `[channels, positions…]` in row-major order.
  ///   - input: The input, of the same shape.
  ///   - channels: How many channels both have.
  ///   - facts: What is known of the input: its seed says in which corner the thing comes to stand.
  public init?(
    _ thing: [Bool], of other: [Float], into input: [Float], channels: Int, _ facts: SampleFacts
  ) {
    let grid = PositionGrid(facts.positions)
    let places = thing.indices.filter { thing[$0] }
    guard let box = grid.box(places), thing.count == grid.count, other.count == input.count,
      input.count == channels * grid.count
    else { return nil }
    var generator = facts.generator(.planting)
    let steps = zip(box, facts.positions).map { range, extent in
      (generator.next(below: 2) == 0 ? 0 : extent - range.count) - range.lowerBound
    }
    let step = zip(steps, grid.strides).reduce(0) { $0 + $1.0 * $1.1 }
    var planted = input
    var inside = [Bool](repeating: false, count: grid.count)
    for place in places {
      inside[place + step] = true
      for channel in 0..<channels {
        planted[channel * grid.count + place + step] = other[channel * grid.count + place]
      }
    }
    self.input = planted
    region = TruthRegion(inside: inside)
  }
}
