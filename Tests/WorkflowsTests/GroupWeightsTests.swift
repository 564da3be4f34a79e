import Testing

@testable import Workflows

/// How maps of a group become the one whose bands are named.
struct GroupWeightsTests {
  @Test func `maps of a class are averaged`() {
    let weights = GroupWeights([4, 1, 2, 9], isQuantity: false, partCount: 2)
    #expect(!weights.followsValue && weights.whole == [0.25, 0.25, 0.25, 0.25])
    #expect(weights.parts == [1, 1, 1, 1] && weights.signs == [1, 1, 1, 1])
  }

  /// The slope of a straight line through `(score, map)`, by least squares.
  @Test func `maps of a quantity are summed up to the slope of each point`() {
    let scores = [1.0, 2, 4, 9, 5, 3]
    let maps = scores.map { 0.5 * $0 - 7 }
    let weights = GroupWeights(scores, isQuantity: true, partCount: 2)
    #expect(weights.followsValue)
    #expect(abs(zip(weights.whole, maps).reduce(0) { $0 + $1.0 * $1.1 } - 0.5) < 1e-12)
    // A constant map does not grow, neither in the whole nor in a part: members 0, 2, 4 and 1, 3, 5.
    #expect(abs(weights.whole.reduce(0, +)) < 1e-12)
    for members in [[0, 2, 4], [1, 3, 5]] {
      #expect(abs(members.reduce(0) { $0 + weights.parts[$1] }) < 1e-12)
      let slope =
        members.reduce(0) { $0 + weights.parts[$1] * maps[$1] }
        / members.reduce(0) { $0 + weights.parts[$1] * scores[$1] }
      #expect(abs(slope - 0.5) < 1e-12)
    }
    #expect(weights.signs == [-1, -1, 1, 1, 1, -1])
  }

  @Test(arguments: [[3.0, 5], [2, 2, 2]])
  func `two spectra, or values that do not differ, have no slope`(scores: [Double]) {
    let weights = GroupWeights(scores, isQuantity: true, partCount: 2)
    #expect(!weights.followsValue)
    #expect(weights.whole == scores.map { _ in 1 / Double(scores.count) })
  }
}
