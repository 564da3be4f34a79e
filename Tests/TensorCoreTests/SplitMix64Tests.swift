import TensorCore
import Testing

/// Every division of samples and every training rests on these numbers.
struct SplitMix64Tests {
  @Test func `the numbers are those of the publication, and below a bound they are even`() {
    var generator = SplitMix64(seed: 1_234_567)
    let first = (0..<3).map { _ in generator.next() }
    #expect(
      first == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[generator.next(below: 6)] += 1 }
    // Six standard deviations of a binomial count are 550.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 550 })
  }

  @Test(
    arguments: [
      (.divisions, 0, 11_241_344_834_629_033_336), (.divisions, 1, 9_947_496_011_730_966_373),
      (.trainings, 0, 11_241_344_834_629_033_336), (.trainings, 1, 5_439_516_812_508_084_364),
      (.trainings, -1, 9_132_812_253_925_089_435),
    ] as [(SplitMix64.StreamFamily, Int, UInt64)])
  func `streams of a seed start where they always did`(
    family: SplitMix64.StreamFamily, stream: Int, first: UInt64
  ) {
    var generator = SplitMix64(seed: 7, stream: stream, of: family)
    #expect(generator.next() == first)
  }

  @Test func `orders stay what they were, ours and the standard library's`() {
    var divisions = SplitMix64(seed: 7, stream: 0, of: .divisions)
    #expect(divisions.shuffled(Array(0..<8)) == [7, 4, 3, 2, 5, 1, 6, 0])
    var trainings = SplitMix64(seed: 7, stream: 0, of: .trainings)
    #expect((0..<8).shuffled(using: &trainings) == [4, 3, 7, 1, 6, 2, 5, 0])
  }

  @Test func `uniform numbers fill 0 to 1, normal ones have mean 0 and deviation 1`() {
    var generator = SplitMix64(seed: 3)
    let uniform = (0..<20_000).map { _ in Double(generator.uniform()) }
    #expect(uniform.allSatisfy { (0..<1).contains($0) })
    let normal = (0..<20_000).map { _ in Double(generator.normal()) }
    let mean = normal.reduce(0, +) / 20_000
    let variance = normal.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    // Five standard errors: 1 / √n of the mean, √(2 / n) of the variance, √(1 / 12 n) of the other.
    #expect(abs(mean) < 0.036 && abs(variance - 1) < 0.05)
    #expect(abs(uniform.reduce(0, +) / 20_000 - 0.5) < 0.011)
  }
}
