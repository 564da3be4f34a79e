public import Catalogs
public import GraphIR
import Operations

/// A map that is a weighted sum of channels, `Σ_k w_k A_k`, finished.
public struct ChannelWeighting: Sendable {
  /// The weights `w`, `[samples, channels, 1…]`.
  public let weights: @Sendable (MethodSite, Settings) -> Value

  /// What is done to the map at the end.
  let finishing: [FinishingStep]

  /// The map of weights, `[samples, 1, positions…]`.
  func map(of weights: Value, _ site: MethodSite, _ settings: Settings) -> Value {
    let sum = (weights * site.activation).sum(over: .channels)
    return finishing.reduce(sum) { $1.finished($0, settings) }
  }
}

extension MethodProcedure {
  /// By weighing the channels of the activation: the map is `Σ_k w_k A_k`.
  ///
  /// - Parameter weights: `w`, `[samples, channels, 1…]`, of nodes added to the graph of the network.
  /// - Returns: The procedure.
  public static func weights(
    _ weights: @escaping @Sendable (MethodSite, Settings) -> Value
  ) -> MethodProcedure {
    .weighted(ChannelWeighting(weights: weights, finishing: []))
  }

  /// The map as nodes added to the graph of the network; nil where it is none.
  public var graphMap: (@Sendable (MethodSite, Settings) -> Value)? {
    switch self {
    case .graph(let map): map
    case .weighted(let weighting):
      { site, settings in
        weighting.map(of: weighting.weights(site, settings), site, settings)
      }
    case .masks, .optimized, .path, .repeats, .samples, .tail: nil
    }
  }
}
