import Catalogs
import Statistics

/// Whether a map moves with the input.
enum ShiftConsistency {
  static let distance = Parameter(
    "distance",
    "how far the input is moved, in percent of the shorter side; auto is 7 (16 of 224 pixels) for "
      + "pictures and 2 for spectra",
    standard: SideShare.auto, .sideShare)

  static let entry = Metric(
    id: "shift-consistency", title: "Shift consistency",
    summary: "the correlation of the map of a moved input, moved back, with the map of the input",
    formula: "mean over axes of Pearson(L(x), L(x moved) moved back) where both are",
    source: "after Azulay and Weiss 2019, arXiv 1805.12177",
    topic: .stability, direction: .up, bounds: (-1, 1),
    caution:
      "Low where maps keep to the grid of a layer, or where the network itself changes its mind. What "
      + "enters at the edge repeats it. The scale is the control of another input, explained for the same class. "
      + "Explains each input anew for every axis.",
    parameters: [distance],
    procedure: .repeated(
      RepeatedMeasuring(
        inputs: { input, channels, facts, settings in
          facts.positions.indices.map { axis in
            moved(input, channels, facts.positions, axis, by: steps(facts, settings))
          }
        },
        measurement: { map, others, facts, settings in
          let found = others.enumerated().compactMap { axis, other in
            correlation(map, other, axis, movedBy: steps(facts, settings))
          }
          return Measurement(found.isEmpty ? nil : found.mean)
        })))

  private static func steps(_ facts: SampleFacts, _ settings: Settings) -> Int {
    let length = settings[distance].positions(facts.positions, picture: 7, spectrum: 2)
    return max(1, Int(length.rounded()))
  }

  /// The input some positions further along an axis; the first values are repeated before it.
  static func moved(
    _ input: [Float], _ channels: Int, _ positions: [Int], _ axis: Int, by steps: Int
  ) -> [Float] {
    let grid = PositionGrid(positions)
    return (0..<channels).flatMap { channel in
      (0..<grid.count).map { index in
        let place = index / grid.strides[axis] % positions[axis]
        let back = min(steps, place) * grid.strides[axis]
        return input[channel * grid.count + index - back]
      }
    }
  }

  /// The correlation where a map and that of the moved input show the same; nil where one does not vary.
  static func correlation(
    _ map: MapReading, _ other: MapReading, _ axis: Int, movedBy steps: Int
  ) -> Double? {
    let grid = PositionGrid(map.positions)
    let (stride, extent) = (grid.strides[axis], map.positions[axis])
    let shared = (0..<grid.count).filter { $0 / stride % extent + steps < extent }
    return Correlation.of(
      shared.map { Double(map.values[$0]) },
      shared.map { Double(other.values[$0 + steps * stride]) })
  }
}
