/// One grid of the infill: which places are unknown, and the equations between them.
///
/// Places have a margin of one on all sides, where everything is zero. Four channels are solved at once.
struct InfillLevel {
  typealias Channels = SIMD4<Float>

  let height: Int
  let width: Int

  /// The places that are unknown, in row-major order with margins.
  let unknowns: [Int32]

  /// Whether each place is unknown, with margins.
  let isUnknown: [Bool]

  /// One over the weight of all neighbors that exist, for each unknown place.
  private let inverses: [Float]

  /// The weight of all neighbors that exist.
  private let weights: [Float]

  var stride: Int { width + 2 }
  var count: Int { (height + 2) * (width + 2) }

  /// Describes a grid.
  ///
  /// - Parameters:
  ///   - height: The number of rows.
  ///   - width: The number of columns.
  ///   - isUnknown: Whether a place is unknown.
  init(height: Int, width: Int, isUnknown: (_ row: Int, _ column: Int) -> Bool) {
    self.height = height
    self.width = width
    var (unknowns, inverses) = ([Int32](), [Float]())
    var flags = [Bool](repeating: false, count: (height + 2) * (width + 2))
    for row in 0..<height {
      for column in 0..<width where isUnknown(row, column) {
        let index = (row + 1) * (width + 2) + column + 1
        flags[index] = true
        unknowns.append(Int32(index))
        let rows = row == 0 || row == height - 1 ? (height == 1 ? 0 : 1) : 2
        let columns = column == 0 || column == width - 1 ? (width == 1 ? 0 : 1) : 2
        inverses.append(12 / Float(2 * (rows + columns) + rows * columns))
      }
    }
    weights = inverses.map { 1 / $0 }
    (self.unknowns, self.inverses, self.isUnknown) = (unknowns, inverses, flags)
  }

  /// The weighted sum of a place's neighbors: 1/6 beside, 1/12 at corners.
  @inline(__always)
  private func neighbors(_ values: borrowing Span<Channels>, _ index: Int) -> Channels {
    let (above, below) = (index &- stride, index &+ stride)
    let beside = (values[index &- 1] + values[index &+ 1]) + (values[above] + values[below])
    let corners =
      (values[above &- 1] + values[above &+ 1]) + (values[below &- 1] + values[below &+ 1])
    return (beside + beside + corners) * (1 / 12)
  }

  /// One sweep of Gauss and Seidel over unknown places, forward or backward.
  func smooth(_ array: inout [Channels], sources: [Channels], backward: Bool = false) {
    let last = unknowns.count - 1
    let ahead = backward ? -1 : 1
    var values = array.mutableSpan
    // The place before is the only one that has just changed: what it adds comes last.
    var (place, value) = (-1, Channels.zero)
    for step in unknowns.indices {
      let item = backward ? last &- step : step
      let index = Int(unknowns[item])
      let (above, below) = (index &- stride, index &+ stride)
      let beside = values[index &+ ahead] + (values[above] + values[below])
      let corners =
        (values[above &- 1] + values[above &+ 1]) + (values[below &- 1] + values[below &+ 1])
      let inverse = inverses[item]
      let rest = ((beside + beside + corners) * (1 / 12) + sources[index]) * inverse
      let before = index &- ahead
      if place != before { value = values[before] }
      value = rest + value * (inverse * (1 / 6))
      values[index] = value
      place = index
    }
  }

  /// What is missing in the equation of an unknown place.
  @inline(__always)
  func residual(
    _ values: borrowing Span<Channels>, _ sources: borrowing Span<Channels>, _ item: Int
  ) -> Channels {
    let index = Int(unknowns[item])
    return sources[index] + neighbors(values, index) - values[index] * weights[item]
  }

  /// What is missing in all equations without sources.
  func residual(_ values: [Channels], into result: inout [Channels]) {
    let values = values.span
    var result = result.mutableSpan
    for item in unknowns.indices {
      let index = Int(unknowns[item])
      result[index] = neighbors(values, index) - values[index] * weights[item]
    }
  }

  /// The equations applied to values that are zero where places are known.
  ///
  /// - Returns: The sum of values times results.
  func product(_ values: [Channels], into result: inout [Channels]) -> Channels {
    let values = values.span
    var result = result.mutableSpan
    var sum = Channels.zero
    for item in unknowns.indices {
      let index = Int(unknowns[item])
      let value = values[index]
      let product = value * weights[item] - neighbors(values, index)
      result[index] = product
      sum += value * product
    }
    return sum
  }
}
