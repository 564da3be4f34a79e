package import Explanations
package import GraphExecution
package import NetworkTraining
package import TensorCore

/// Maps of a network as it is in the middle of its training.
package struct MapMaker: Sendable {
  /// How maps are made.
  package let method: ChosenMethod

  /// How programs are compiled.
  package var options = ProgramOptions()

  /// Where they run.
  package let lane: ExecutionLane

  /// Prepares maps.
  ///
  /// - Parameters:
  ///   - method: A method that makes one map of a picture at the default layer.
  ///   - lane: Where programs run.
  package init(_ method: ChosenMethod, lane: ExecutionLane) {
    self.method = method
    self.lane = lane
  }

  /// The maps of pictures for their labels, and how sure the network is of each.
  ///
  /// - Parameters:
  ///   - network: The layers.
  ///   - weights: What they have learned.
  ///   - classCount: How many classes there are.
  ///   - pictures: As the network takes them.
  ///   - classes: The label of each.
  /// - Returns: Of each the map at the positions of the picture, and the probability of its label.
  /// - Throws: What explaining throws; `CancellationError`.
  package func maps(
    _ network: FineTunedNetwork, _ weights: NetworkWeights, classCount: Int, _ pictures: [Tensor],
    _ classes: [Int]
  ) throws -> [(picture: GuidedPicture, probability: Float)] {
    let model = try network.model(weights, labels: (0..<classCount).map { "class \($0)" })
    let plan = try ExplanationPlan(model, methods: [method], targets: [.given])
    let explainer = Explainer(model, plan, options: options, lane: lane)
    let found = try explainer.explain(pictures, classes: classes)
    return zip(pictures, found).map { picture, sample in
      let explanation = sample.explanations[0]
      return (
        GuidedPicture(picture: picture, map: explanation.aligned), explanation.probability ?? 0
      )
    }
  }
}

extension FineTunedNetwork {
  /// The whole network in memory, to be explained.
  ///
  /// - Parameters:
  ///   - weights: What it has learned.
  ///   - labels: The names of the classes.
  /// - Returns: A network whose scores are logits.
  /// - Throws: What building the graph throws.
  package func model(_ weights: NetworkWeights, labels: [String]) throws -> Model {
    var information = base.information
    (information.labels, information.outputMeaning) = (labels, .logits)
    return try Model(name: base.name, information: information) { samples in
      try graph(weights, classCount: labels.count, samples: samples)
    }
  }
}
