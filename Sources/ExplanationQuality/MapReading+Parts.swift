extension MapReading {
  /// What lies above zero, and zero elsewhere.
  var positive: [Double] { values.map { max(Double($0), 0) } }

  /// Whether nothing lies above zero.
  var isEmpty: Bool { !values.contains { $0 > 0 } }

  /// Whether all values are equal, so that it ranks nothing.
  var isConstant: Bool { values.allSatisfy { $0 == values[0] } }

  /// The positive part over its largest value, 0…1; zeros for an empty map.
  var softMask: [Float] {
    let largest = values.max() ?? 0
    guard largest > 0 else { return values.map { _ in 0 } }
    return values.map { max($0, 0) / largest }
  }

  /// The least value as 0 and the largest as 1; zeros for a constant map.
  ///
  /// For comparison with published numbers: what a signed map has below zero is shown too.
  var stretchedMask: [Float] {
    guard let least = values.min(), let largest = values.max(), largest > least else {
      return values.map { _ in 0 }
    }
    return values.map { ($0 - least) / (largest - least) }
  }

  /// The map without signs.
  var magnitude: MapReading {
    MapReading(values.map { abs($0) }, positions: positions, ties: ties)
  }

  /// Positions with equal values, the highest first.
  var levels: [ArraySlice<Int32>] {
    var result: [ArraySlice<Int32>] = []
    var start = order.startIndex
    while start < order.endIndex {
      let value = values[Int(order[start])]
      var end = start + 1
      while end < order.endIndex, values[Int(order[end])] == value { end += 1 }
      result.append(order[start..<end])
      start = end
    }
    return result
  }
}
