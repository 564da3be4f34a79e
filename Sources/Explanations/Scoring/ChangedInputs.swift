import TensorCore

/// The changed inputs of a sample, each made when it is needed.
///
/// Whatever is drawn depends on the seed, the numbers of the input and the place of the change only, so
/// that results do not depend on what else runs.
struct ChangedInputs {
  /// One of them.
  struct Change {
    /// The changed input.
    let point: Tensor
    /// The input, with its noise, less what it is compared with.
    let difference: Tensor
  }

  private let changes: InputChanges
  private let input: Tensor
  /// What the input is compared with; empty where it is not.
  private let baselines: [Tensor]
  /// Where random numbers of the input start.
  private let key: UInt64
  /// The largest less the least number of the input.
  private let range: Float

  /// Prepares changes.
  ///
  /// - Parameters:
  ///   - changes: What they are.
  ///   - input: What is changed, `[channels, positions…]`.
  ///   - baselines: What it is compared with, each of the same shape; none where it is not.
  init(_ changes: InputChanges, of input: Tensor, from baselines: [Tensor] = []) {
    self.changes = changes
    self.input = input
    self.baselines = baselines
    var hash = NumberHash(changes.seed)
    for number in input.elements { hash.add(UInt64(number.bitPattern)) }
    key = hash.value
    range = (input.elements.max() ?? 0) - (input.elements.min() ?? 0)
  }

  /// The change in a place, from 0.
  func change(_ place: Int) -> Change {
    switch changes.form {
    case .noise(let share):
      var generator = generator(place)
      let point = noisy(share, &generator)
      return Change(point: point, difference: point)
    case .path:
      let share = Float(place + 1) / Float(changes.count)
      return between(baselines[0], input, share)
    case .draws(let noise):
      var generator = generator(place)
      let baseline = baselines[generator.next(below: baselines.count)]
      let share = generator.uniform()
      return between(baseline, noise > 0 ? noisy(noise, &generator) : input, share)
    }
  }

  private func generator(_ place: Int) -> SplitMix64 {
    var hash = NumberHash(key)
    hash.add(UInt64(place))
    return SplitMix64(seed: hash.value)
  }

  /// The input with noise of a share of its range.
  private func noisy(_ share: Double, _ generator: inout SplitMix64) -> Tensor {
    let deviation = Float(share) * range
    guard deviation > 0 else { return input }
    return input.map { $0 + deviation * generator.normal() }
  }

  private func between(_ start: Tensor, _ end: Tensor, _ share: Float) -> Change {
    let difference = zip(start.elements, end.elements).map { $1 - $0 }
    let point = zip(start.elements, difference).map { $0 + share * $1 }
    return Change(
      point: Tensor(shape: end.shape, elements: point),
      difference: Tensor(shape: end.shape, elements: difference))
  }
}

/// A number made of numbers that is the same on every machine and in every run (FNV-1a of 64 bits, a
/// number at a time).
private struct NumberHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Starts from a number.
  init(_ start: UInt64) {
    add(start)
  }

  /// Takes a number in.
  mutating func add(_ number: UInt64) {
    value = (value ^ number) &* 0x100_0000_01b3
  }
}
