import ExplanationQuality

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

  static func reading(_ values: [Float]) -> MapReading {
    MapReading(values, positions: positions)
  }
}

/// A spectrum of 10 points, a map of it and what is expected in it.
enum GoldenSpectrum {
  static let input: [Double] = [0, 1, 3, 1, 0, 0, 2, 4, 2, 0]

  static let map = MapReading([0, 2, 5, 1, -1, 0, -2, 1, 1, 0], positions: [10])

  /// 115–125 and 160–180 on an axis from 100 in steps of 10.
  static let bands = TruthRegion(inside: (0..<10).map { [2, 6, 7, 8].contains($0) })
}
