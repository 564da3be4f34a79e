import Explanations
package import GraphExecution
package import TensorCore

/// What the layers that training leaves alone make of views.
package final class FrozenLayers: Sendable {
  /// What the trained layers take, and what the head takes before they are trained.
  package struct Outputs: Sendable {
    /// What the trained layers take, `[channels, positions…]`.
    package let activation: Tensor

    /// The means of the last layer's channels before any training, `[channels, 1…]`.
    package let features: Tensor
  }

  /// The network whose layers these are.
  package let network: FineTunedNetwork

  private let reader: ActivationReader

  /// How many views are best given at once.
  package let batch: Int

  /// Compiles the layers.
  ///
  /// - Parameters:
  ///   - network: What is trained behind them.
  ///   - lane: Where they run.
  /// - Throws: What importing and compiling throw.
  package init(_ network: FineTunedNetwork, lane: ExecutionLane) throws {
    self.network = network
    batch = network.base.fixedBatch ?? min(8, Explainer.preferredBatch(for: network.base))
    let kept = network.trainsHeadOnly ? nil : network.entrance
    reader = try ActivationReader(
      network.base, layers: [network.exit] + [kept].compactMap(\.self), batch: batch, lane: lane)
  }

  /// What they make of views.
  ///
  /// - Parameter views: Each `[channels, positions…]`, as the network takes it.
  /// - Returns: As many.
  /// - Throws: What running throws.
  package func outputs(_ views: [Tensor]) throws -> [Outputs] {
    let found = try reader.activations(views)
    return zip(views, found).map { view, layers in
      let features = layers[0].channelMeans
      let activation =
        network.trainsHeadOnly ? features : layers.count > 1 ? layers[1] : view
      return Outputs(activation: activation, features: features)
    }
  }
}

extension Tensor {
  /// The mean of every channel over the positions, `[channels, 1…]`.
  fileprivate var channelMeans: Tensor {
    let length = elements.count / max(1, shape[0])
    let means = (0..<shape[0]).map { channel in
      elements[channel * length..<(channel + 1) * length].reduce(0, +) / Float(max(1, length))
    }
    let ones = [Int](repeating: 1, count: shape.rank - 1)
    return Tensor(shape: Shape([shape[0]] + ones), elements: means)
  }
}
