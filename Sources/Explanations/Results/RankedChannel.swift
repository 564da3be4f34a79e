/// One channel in the ranking of a map that weighs channels.
public struct RankedChannel: Codable, Hashable, Sendable {
  /// The channel, from 0.
  public let channel: Int

  /// Its weight, `w_k` of `Σ_k w_k A_k`.
  public let weight: Float

  /// The weight as a share of the magnitudes of all weights, -1…1.
  public let share: Float
}

extension Explanation {
  /// The channels of the layer that weigh most, by magnitude; the first of equals comes first.
  ///
  /// Those of `relevance-cam` with `contrast=one-hot` are the relevance that passes each channel, what
  /// `through` conditions on.
  ///
  /// - Parameter count: How many are wanted.
  /// - Returns: At most so many; nil where the plan keeps no weights, or the method has none.
  public func rankedChannels(count: Int) -> [RankedChannel]? {
    guard let channelWeights else { return nil }
    let total = channelWeights.reduce(0) { $0 + abs($1) }
    let order = channelWeights.indices.sorted {
      (-abs(channelWeights[$0]), $0) < (-abs(channelWeights[$1]), $1)
    }
    return order.prefix(count).map { channel in
      let weight = channelWeights[channel]
      return RankedChannel(
        channel: channel, weight: weight, share: total > 0 ? weight / total : 0)
    }
  }
}
