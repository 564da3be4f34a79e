import GraphExecution
import GraphIR
import Operations
import TensorCore

/// Where a graph has the map of one sample, on the grid of its layer and at the positions of the input, and the
/// weights of the channels that it is a sum of.
struct MapOutputs: Sendable {
  private let map: OutputHandle
  private let aligned: OutputHandle
  private let weights: OutputHandle?

  /// Adds the outputs to the graph of a map.
  ///
  /// - Parameters:
  ///   - map: `[1, 1, positions…]`.
  ///   - item: Whose map it is.
  ///   - upsampling: How it is brought to the input.
  ///   - weights: One for each channel; nil where there are none.
  init(_ map: Value, of item: PlanItem, _ upsampling: Upsampling, weights: Value? = nil) {
    let builder = map.builder
    let aligned = map.aligned(to: item.input.positions, fields: item.fields, upsampling)
    self.map = builder.output("map", map.withoutChannels)
    self.aligned = builder.output("aligned", aligned.withoutChannels)
    self.weights = weights.map {
      builder.output("weights", $0.reshaped(to: [$0.shape.elementCount]))
    }
  }

  /// The map that was computed.
  func pair(in results: ProgramResults) -> MapPair {
    MapPair(
      map: results[map].part(0), aligned: results[aligned].part(0),
      channelWeights: weights.map { results[$0].elements })
  }
}
