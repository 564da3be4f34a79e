/// An input divided into cells of almost equal size, some along each side.
struct InputCells {
  /// How many there are.
  let count: Int

  /// Which cell each position lies in.
  let places: [Int]

  /// How many positions each has.
  let sizes: [Int]

  /// Divides an input.
  ///
  /// - Parameters:
  ///   - positions: Its extents.
  ///   - side: How many cells each side has; no more than positions.
  init(positions: [Int], side: Int) {
    let counts = positions.map { min(side, $0) }
    count = counts.reduce(1, *)
    places = zip(positions, counts).reduce([0]) { places, axis in
      let (extent, count) = axis
      return places.flatMap { place in (0..<extent).map { place * count + $0 * count / extent } }
    }
    var sizes = [Int](repeating: 0, count: count)
    for place in places { sizes[place] += 1 }
    self.sizes = sizes
  }

  /// The mask that keeps some cells.
  func mask(_ kept: [Bool]) -> [Float] { places.map { kept[$0] ? 1 : 0 } }

  /// The number of each cell spread evenly over its positions, so that they add up to it.
  func spread(_ numbers: [Double]) -> [Double] {
    places.map { numbers[$0] / Double(sizes[$0]) }
  }

  /// All choices of cells, if there are no more than a number.
  func allChoices(atMost limit: Int) -> [[Bool]]? {
    guard count < 24, 1 << count <= limit else { return nil }
    return (0..<1 << count).map { number in (0..<count).map { number >> $0 & 1 == 1 } }
  }
}
