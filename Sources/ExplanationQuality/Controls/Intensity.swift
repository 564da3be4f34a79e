/// How far a spectrum itself lies from its mean.
enum Intensity {
  static let entry = Control(
    id: "intensity", title: "Signal itself",
    summary: "how far the spectrum lies from its mean, whatever the network does with it",
    axisCounts: 1...1,
    map: { site in
      let count = site.positions.reduce(1, *)
      var sums = [Float](repeating: 0, count: count)
      for start in stride(from: 0, to: site.input.count, by: count) {
        let channel = site.input[start..<start + count]
        let mean = channel.reduce(0, +) / Float(count)
        for (index, value) in channel.enumerated() { sums[index] += abs(value - mean) }
      }
      return sums
    })
}
