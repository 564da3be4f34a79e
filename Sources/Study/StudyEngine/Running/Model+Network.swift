import Explanations
import NetworkTraining

extension Model {
  /// A trained network, to be explained.
  ///
  /// - Throws: `LearningError` when the network says the same of every spectrum.
  init(_ network: TrainedNetwork, name: String, labels: [String]? = nil) throws {
    try network.requireAnswers()
    var information = ModelInformation()
    information.labels = labels
    try self.init(name: name, information: information) { samples in
      try network.graph(sampleCount: samples, output: .probabilities)
    }
  }
}
