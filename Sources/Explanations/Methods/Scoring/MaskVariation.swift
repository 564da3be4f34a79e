import TensorCore

/// How the mask of a channel becomes several whose scores are averaged.
public enum MaskVariation: Hashable, Sendable {
  /// It does not.
  case none
  /// Normal noise is added, with this standard deviation, so many times; the mask reaches from 0 to 1.
  case noise(count: Int, deviation: Double, seed: Int)
  /// It is multiplied by numbers; the mask reaches from 0 to 1.
  case multiples([Float])

  /// How many masks one becomes.
  public var count: Int {
    switch self {
    case .none: 1
    case .noise(let count, _, _): count
    case .multiples(let factors): factors.count
    }
  }

  /// The masks of a channel, on the grid of its layer.
  ///
  /// - Parameters:
  ///   - map: The channel.
  ///   - index: Which it is: noise of others is different.
  ///   - input: The input that is masked: noise of others is different.
  /// - Returns: As many as `count` says, of the shape of the channel.
  func masks(of map: Tensor, channel index: Int, in input: Tensor) -> [Tensor] {
    switch self {
    case .none: return [map]
    case .multiples(let factors):
      let mask = map.stretched
      return factors.map { factor in
        Tensor(shape: map.shape, elements: mask.map { factor * $0 })
      }
    case .noise(let count, let deviation, let seed):
      let mask = map.stretched
      var generator = SplitMix64(seed: input.seed(UInt64(seed)) ^ UInt64(index))
      return (0..<count).map { _ in
        Tensor(
          shape: map.shape,
          elements: mask.map { $0 + Float(deviation) * generator.normal() })
      }
    }
  }
}

extension Tensor {
  /// The elements from their least (0) to their largest (1); zeros where all are equal.
  fileprivate var stretched: [Float] {
    guard let least = elements.min(), let largest = elements.max(), largest > least else {
      return elements.map { _ in 0 }
    }
    return elements.map { ($0 - least) / (largest - least) }
  }
}
