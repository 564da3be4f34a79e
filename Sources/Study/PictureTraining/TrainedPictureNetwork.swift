import Explanations
package import Foundation
import GraphExecution
import GraphIR
package import NetworkTraining
import ONNXFormat
import TensorCore

/// A network that was trained on pictures.
package struct TrainedPictureNetwork: Sendable {
  /// The layers.
  package let network: FineTunedNetwork

  /// What they and the head have learned.
  package let weights: NetworkWeights

  /// The names of the classes.
  package let labels: [String]

  /// Further texts for its file by key, such as a record of the training.
  package var records: [String: String] = [:]

  /// Joins what belongs together.
  ///
  /// - Parameters:
  ///   - network: The layers.
  ///   - weights: What they and the head have learned.
  ///   - labels: The names of the classes.
  package init(_ network: FineTunedNetwork, _ weights: NetworkWeights, labels: [String]) {
    self.network = network
    self.weights = weights
    self.labels = labels
  }

  /// Writes the network to an ONNX file of probabilities, which appears, or is replaced, only when it is
  /// complete; the file says how pictures are prepared and what the classes are called.
  ///
  /// - Parameter url: Where.
  /// - Throws: `GraphError` or `ONNXError` when it cannot be written.
  package func write(to url: URL) throws {
    let graph = try network.graph(
      weights, classCount: labels.count, samples: 1, givesProbabilities: true
    ).storingConstants()
    var information = network.base.information
    information.labels = labels
    information.outputMeaning = nil
    var metadata = records
    metadata["vitrine"] = information.json
    let writer = ONNXWriter(
      metadata: metadata, graphName: FineTunedNetwork.id, sampleAxis: "samples")
    try writer.write(graph, to: url)
  }
}
