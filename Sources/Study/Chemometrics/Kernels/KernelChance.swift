import TensorCore

/// How much kernels of random numbers resemble Savitzky–Golay kernels.
package struct KernelChance {
  /// The median of |r| to the nearest kernel.
  package let median: Double

  /// What 1 in 20 random kernels reaches.
  package let high: Double

  package init(length: Int) {
    var generator = SplitMix64(seed: 1)
    let found = (0..<200).compactMap { _ -> Double? in
      // Sums of uniform numbers are nearly normal.
      let kernel = (0..<length).map { _ in
        (0..<6).reduce(0.0) { sum, _ in sum + Double.random(in: -1...1, using: &generator) }
      }
      return (try? KernelComparison(kernel: kernel, includesShorterWindows: true))
        .map { abs($0.correlation) }
    }.sorted()
    median = found.isEmpty ? 0 : found[found.count / 2]
    high = found.isEmpty ? 0 : found[found.count * 95 / 100]
  }
}
