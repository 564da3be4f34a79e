import Explanations
import TensorCore
import TestSupport
import Testing

struct HarmonicInfillTests {
  private let picture: [Float] = [1, 2, 0, 1, 0, 3, 4, 1, 2, 5, 6, 0, 1, 0, 2, 1]

  @Test func `golden values in the middle of a picture`() {
    let found = HarmonicInfill.filled(
      picture, positions: [4, 4], isKnown: known(16, without: [5, 6, 9, 10]), tolerance: 1e-6)
    let middle = [5, 6, 9, 10].map { Double(found[$0]) }
    expectClose(middle, [0.947985, 0.799267, 0.953114, 0.871062], absolute: 1e-6)
    #expect(found.indices.allSatisfy { [5, 6, 9, 10].contains($0) || found[$0] == picture[$0] })
  }

  @Test func `along an axis gaps are straight lines`() {
    let spectrum: [Float] = [0, 1, 3, 1, 0, 0, 2, 4, 2, 0]
    let cases: [(gaps: [Int], expected: [Double])] = [
      ([1, 2, 3], [0, 0, 0, 0, 0, 0, 2, 4, 2, 0]),
      ([7, 8, 9], [0, 1, 3, 1, 0, 0, 2, 2, 2, 2]),
      ([0, 1, 3, 6, 7], [3, 3, 3, 1.5, 0, 0, 2.0 / 3, 4.0 / 3, 2, 0]),
      (Array(0..<10), [Double](repeating: 1.3, count: 10)),
      ([], [0, 1, 3, 1, 0, 0, 2, 4, 2, 0]),
    ]
    for (gaps, expected) in cases {
      let found = HarmonicInfill.filled(
        spectrum, positions: [10], isKnown: known(10, without: gaps))
      expectClose(found.map { Double($0) }, expected, absolute: 1e-6, "\(gaps)")
    }
  }

  /// Gauss and Seidel in double precision, until nothing changes.
  @Test(arguments: [
    (1, 9, 1), (13, 2, 1), (17, 23, 3), (24, 16, 5), (21, 33, 4),
  ])
  func `every unknown value is the mean of its neighbors`(
    height: Int, width: Int, channels: Int
  ) {
    var generator = SeededGenerator(seed: UInt64(height * width))
    let count = height * width
    let values = (0..<count * channels).map { _ in generator.uniform() * 6 - 3 }
    // A disk and single places.
    let isKnown = (0..<count).map { index -> Bool in
      let (y, x) = (index / width - height / 2, index % width - 4)
      return 8 * (y * y + x * x) > count && generator.next(below: 4) > 0
    }
    let found = HarmonicInfill.filled(values, positions: [height, width], isKnown: isKnown)
    for channel in 0..<channels {
      let expected = literal(
        values[channel * count..<(channel + 1) * count].map { Double($0) }, height, width, isKnown)
      expectClose(
        found[channel * count..<(channel + 1) * count].map { Double($0) }, expected,
        absolute: 6e-4, "tolerance 1e-4 of a range of 6")
    }
  }

  @Test func `a plane is continued, and one known place or none decides all`() {
    let plane = (0..<1200).map { index -> Float in
      let (y, x) = (Float(index / 30), Float(index % 30))
      return y / 2 - x / 4
    }
    let inner = (0..<1200).map { index -> Bool in
      let (y, x) = (index / 30, index % 30)
      return y < 2 || y > 37 || x < 3 || x > 26
    }
    let found = HarmonicInfill.filled(
      plane, positions: [40, 30], isKnown: inner, tolerance: 1e-6)
    expectClose(found.map { Double($0) }, plane.map { Double($0) }, absolute: 2e-4)
    let one = HarmonicInfill.filled(
      plane, positions: [40, 30], isKnown: (0..<1200).map { $0 == 555 })
    expectClose(one.map { Double($0) }, one.map { _ in Double(plane[555]) }, absolute: 1e-4)
    let none = HarmonicInfill.filled(
      plane + plane.map { $0 + 1 }, positions: [40, 30],
      isKnown: [Bool](repeating: false, count: 1200))
    let mean = plane.reduce(0.0) { $0 + Double($1) } / 1200
    expectClose(
      none.map { Double($0) }, (0..<2400).map { $0 < 1200 ? mean : mean + 1 }, absolute: 1e-5)
  }

  private func known(_ count: Int, without gaps: [Int]) -> [Bool] {
    (0..<count).map { !gaps.contains($0) }
  }

  private func literal(
    _ values: [Double], _ height: Int, _ width: Int, _ isKnown: [Bool]
  ) -> [Double] {
    var result = values.indices.map { isKnown[$0] ? values[$0] : 0 }
    var change = 1.0
    while change > 1e-9 {
      change = 0
      for index in result.indices where !isKnown[index] {
        var (sum, weights) = (0.0, 0.0)
        for dy in -1...1 {
          for dx in -1...1 where dy != 0 || dx != 0 {
            let (y, x) = (index / width + dy, index % width + dx)
            guard y >= 0, y < height, x >= 0, x < width else { continue }
            let weight = dy == 0 || dx == 0 ? 2.0 : 1
            sum += weight * result[y * width + x]
            weights += weight
          }
        }
        change = max(change, abs(sum / weights - result[index]))
        result[index] = sum / weights
      }
    }
    return result
  }
}
