import Catalogs
import TensorCore

/// How much a map changes at most when the input changes a little.
enum MaxSensitivity {
  static let radius = Parameter(
    "radius", "the largest change of a value, in percent of the input's range", standard: 2,
    .number(0...100))

  static let draws = Parameter(
    "draws", "how many changed inputs are explained", standard: 10, .whole(1...10_000))

  static let entry = Metric(
    id: "max-sensitivity", title: "Max-sensitivity",
    summary: "the largest relative change of the map when the input changes by at most 2 %",
    formula: "maxₖ ‖L(x + δₖ) − L(x)‖ / ‖L(x)‖, δ uniform, x + δ within the range of x",
    source: "Yeh et al. 2019, arXiv 1901.09392",
    topic: .stability, direction: .down, bounds: (0, nil),
    caution:
      "A map that depends on the network little changes little, and blind controls do not change at all. The "
      + "scale is the control of another input: how much the map changes when the picture is replaced by another "
      + "and the class stays. Explains each input anew for every draw.",
    parameters: [radius, draws],
    procedure: .repeated(
      RepeatedMeasuring(
        inputs: { input, _, facts, settings in
          changed(input, facts, radius: settings[radius], count: settings[draws])
        },
        measurement: { map, others, _, _ in
          Measurement(others.compactMap { relativeChange(of: map, to: $0) }.max())
        })))

  /// The input with uniform noise, within its range.
  ///
  /// - Parameters:
  ///   - input: Its values.
  ///   - facts: What is known of it.
  ///   - radius: The largest change, in percent of the range.
  ///   - count: How many there are.
  /// - Returns: Changed inputs; none of an empty one.
  static func changed(
    _ input: [Float], _ facts: SampleFacts, radius: Double, count: Int
  ) -> [[Float]] {
    guard let least = input.min(), let largest = input.max() else { return [] }
    let reach = Float(radius / 100) * (largest - least)
    var generator = facts.generator(.changes)
    return (0..<count).map { _ in
      input.map { min(max($0 + reach * (2 * generator.uniform() - 1), least), largest) }
    }
  }

  /// The length of the change over that of the map; nil for a map of zeros.
  static func relativeChange(of map: MapReading, to other: MapReading) -> Double? {
    var (change, length) = (0.0, 0.0)
    for (value, changed) in zip(map.values, other.values) {
      let difference = Double(changed) - Double(value)
      change += difference * difference
      length += Double(value) * Double(value)
    }
    return length > 0 ? (change / length).squareRoot() : nil
  }
}
