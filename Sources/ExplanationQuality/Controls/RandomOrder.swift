import TensorCore

/// Every position has a random value.
enum RandomOrder {
  static let entry = Control(
    id: "random-order", title: "Random order",
    summary: "a random value at every position, so that every order is alike",
    map: { site in
      var generator = SplitMix64(seed: site.seed ^ 0x5bd1_e995)
      return (0..<site.positions.reduce(1, *)).map { _ in generator.uniform() }
    })
}
