import NetworkTraining
import TensorCore

/// Spectra with noise, a slope, and one peak per class at a place and of a width of its own.
enum PlantedPeaks {
  /// Classes in turn; the strength of the peak, 1 to 2, is the target of regressions.
  static func rows(
    _ count: Int, classes: Int = 3, points: Int = 60, seed: UInt64
  ) -> (rows: [[Float]], labels: [Int], strengths: [[Float]]) {
    var generator = SplitMix64(seed: seed)
    var (rows, labels, strengths): ([[Float]], [Int], [[Float]]) = ([], [], [])
    for index in 0..<count {
      let label = index % classes
      let center = Float(points) * (Float(label) + 1) / Float(classes + 1)
      let (slope, strength) = (generator.normal(), 1 + generator.uniform())
      rows.append(
        (0..<points).map { point in
          let distance = (Float(point) - center) / (1.5 * Float(label + 1))
          return 0.1 * generator.normal() + 0.3 * slope * Float(point) / Float(points)
            + strength / (1 + distance * distance)
        })
      labels.append(label)
      strengths.append([strength])
    }
    return (rows, labels, strengths)
  }

  /// Spectra of classes.
  static func classes(
    _ count: Int, classes: Int = 3, points: Int = 60, seed: UInt64
  ) throws -> TrainingData {
    let made = rows(count, classes: classes, points: points, seed: seed)
    return try TrainingData(
      rows: made.rows, targets: .classes(made.labels, count: classes))
  }

  /// Spectra whose peak strength is to be found, at one place.
  static func strengths(_ count: Int, points: Int = 60, seed: UInt64) throws -> TrainingData {
    let made = rows(count, classes: 1, points: points, seed: seed)
    return try TrainingData(rows: made.rows, targets: .values(made.strengths))
  }
}

/// A network of a size that trains in a moment.
let smallNetwork = ThreeConvolutionNetwork(channels: [8, 12, 16], kernels: [7, 5, 3])
