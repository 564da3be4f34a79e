import Catalogs
import Explanations

extension Parameter<Int> {
  static var steps: Parameter {
    Parameter(
      "steps", "in how many steps all is hidden or shown", standard: 16, .whole(1...100_000))
  }
}

/// An order in which positions are hidden or shown, and after how many of them there is a score.
struct RemovalPath {
  let order: [Int32]

  /// From 0 to all positions, ascending.
  let counts: [Int]

  /// Equal steps, each number of positions to the nearest whole one.
  init(_ order: [Int32], steps: Int) {
    self.order = order
    let shares = (0...steps).map { Double($0) / Double(steps) * Double(order.count) }
    counts = Set(shares.map { Int($0.rounded()) }).sorted()
  }

  /// Whole cells, those with the highest mean of a map first.
  init(_ map: MapReading, cells: Cells, steps: Int) {
    let means = cells.members.map { members in
      members.reduce(0.0) { $0 + Double(map.values[Int($1)]) } / Double(members.count)
    }
    let ties = cells.members.map { members in
      members.first.map { map.ties?.places[Int($0)] ?? UInt32($0) } ?? 0
    }
    let ranked = cells.members.indices.sorted {
      (means[$1], ties[$0]) < (means[$0], ties[$1])
    }
    order = ranked.flatMap { cells.members[$0] }
    var ends = [0]
    for cell in ranked { ends.append(ends[ends.count - 1] + cells.members[cell].count) }
    let places = (0...steps).map { Double($0) / Double(steps) * Double(ranked.count) }
    counts = Set(places.map { ends[Int($0.rounded())] }).sorted()
  }

  /// The share of positions at each score.
  var fractions: [Double] { counts.map { Double($0) / Double(order.count) } }

  /// More and more of the input hidden, from the whole input on.
  func hiding(_ fill: RowFill) -> [MaskedRow] {
    counts.map { MaskedRow.hiding($0, of: order, fill: fill) }
  }

  /// More and more of the input shown, until it is whole.
  func showing(_ fill: RowFill) -> [MaskedRow] {
    counts.map { MaskedRow.showing($0, of: order, fill: fill) }
  }

  /// The area under scores, by trapezoids over the share of positions.
  func measurement(_ scores: [Double]) -> Measurement {
    let fractions = fractions
    var area = 0.0
    for (next, fraction) in fractions.enumerated().dropFirst() {
      area += (scores[next] + scores[next - 1]) / 2 * (fraction - fractions[next - 1])
    }
    return Measurement(area, fractions: fractions, scores: scores)
  }

  /// The area between two curves, the second of which counts negatively.
  func difference(_ scores: [Double]) -> Measurement {
    let count = counts.count
    return measurement((0..<count).map { scores[$0] - scores[count + $0] })
  }
}

extension MaskedMeasuring {
  /// The area under one curve.
  static func curve(
    _ path: @escaping @Sendable (MapReading, SampleFacts, Settings) -> RemovalPath,
    rows: @escaping @Sendable (RemovalPath, RowFill) -> [MaskedRow]
  ) -> MaskedMeasuring {
    MaskedMeasuring(
      rows: { map, facts, settings in
        rows(path(map, facts, settings), settings.fill(facts))
      },
      measurement: { map, scores, facts, settings in
        path(map, facts, settings).measurement(scores)
      })
  }

  /// The area between a curve and one that is taken away from it.
  static func difference(
    rows: @escaping @Sendable (RemovalPath, RowFill) -> [MaskedRow],
    less others: @escaping @Sendable (RemovalPath, RowFill) -> [MaskedRow]
  ) -> MaskedMeasuring {
    MaskedMeasuring(
      rows: { map, facts, settings in
        let path = RemovalPath(map.order, steps: settings[.steps])
        let fill = settings.fill(facts)
        return rows(path, fill) + others(path, fill)
      },
      measurement: { map, scores, _, settings in
        RemovalPath(map.order, steps: settings[.steps]).difference(scores)
      })
  }
}
