import ExplanationQuality
import Foundation

/// A picture of 4 × 4 positions and one channel, three maps and an object.
///
/// All expected values were computed by a literal program in double precision that shares nothing with
/// the package.
enum GoldenPicture {
  static let positions = [4, 4]

  static let input: [Double] = [1, 2, 0, 1, 0, 3, 4, 1, 2, 5, 6, 0, 1, 0, 2, 1]

  /// Equal values in the order of positions, as expected values have them.
  static let map = reading([0, 1, 0, 0, 0, 4, 6, 0, 1, 8, 9, 2, 0, 0, 3, 0])

  static let signedMap = reading([-1, 1, -2, 0, 0, 4, 6, -1, 1, 8, 9, 2, 0, -3, 3, 0])

  static let otherMap = reading([0, 0, 1, 0, 1, 5, 4, 0, 0, 9, 7, 1, 2, 0, 0, 0])

  static let object = TruthRegion(inside: (0..<16).map { [5, 6, 9, 10, 11].contains($0) })

  /// The probability of class 0: a quarter of the middle less 1.5, against a twentieth of all and three
  /// tenths of the corners.
  static func probability(_ x: [Double]) -> Double { probabilities(x)[0] }

  static func probabilities(_ x: [Double]) -> [Double] {
    let scores = [
      0.25 * (x[5] + x[6] + x[9] + x[10]) - 1.5, 0.05 * x.reduce(0, +),
      0.3 * (x[0] + x[3] + x[12] + x[15]),
    ]
    let terms = scores.map { exp($0) }
    return terms.map { $0 / terms.reduce(0, +) }
  }

  static func reading(_ values: [Float]) -> MapReading {
    MapReading(values, positions: positions)
  }
}

/// A spectrum of 10 points, a map of it and what is expected in it.
enum GoldenSpectrum {
  static let input: [Double] = [0, 1, 3, 1, 0, 0, 2, 4, 2, 0]

  static let map = MapReading([0, 2, 5, 1, -1, 0, -2, 1, 1, 0], positions: [10])

  static let background: [Double] = [0.2, 0.6, 1.2, 0.8, 0.4, 0.3, 1, 1.6, 1, 0.2]

  static let weights: [Double] = [0, 0.2, 0.4, 0.1, 0, 0, -0.1, 0.05, -0.1, 0]

  static func probability(_ x: [Double]) -> Double {
    1 / (1 + exp(0.5 - zip(x, weights).reduce(0) { $0 + $1.0 * $1.1 }))
  }

  /// 115–125 and 160–180 on an axis from 100 in steps of 10.
  static let bands = TruthRegion(inside: (0..<10).map { [2, 6, 7, 8].contains($0) })
}
