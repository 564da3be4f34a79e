package import Explanations
package import GraphIR
import GraphRewriting
package import NetworkTraining
import Operations
import Synchronization
import TensorCore

/// The last layers of a network that is known, whose weights training goes on with, and a new head: the
/// mean of every channel over the positions, and a linear layer.
package struct FineTunedNetwork: NetworkArchitecture {
  /// The name in files.
  package static let id = "fine-tuned"

  /// What the layers are.
  package static let summary =
    "the last layers of a given network, the mean over the positions, a new linear layer"

  /// The network that is known.
  package let base: Model

  /// The layer that training begins behind; nil trains all layers.
  ///
  /// Where it is the last one, the head alone is trained.
  package let entrance: Layer?

  /// The last layer that is kept.
  package let exit: Layer

  /// What the learning rate is multiplied with for layers that are known.
  package let layerRate: Float

  private let sections: SectionStore

  /// Takes layers of a network.
  ///
  /// - Parameters:
  ///   - base: A network with one input.
  ///   - entrance: The layer that training begins behind; nil trains all layers.
  ///   - exit: The last layer that is kept; the default layer when nil.
  ///   - layerRate: What the learning rate is multiplied with for layers that are known.
  /// - Throws: `LearningError` when the network has no layer with positions; what taking the layers out
  ///   throws.
  package init(
    _ base: Model, behind entrance: Layer?, upTo exit: Layer? = nil, layerRate: Float = 1
  ) throws {
    guard let exit = exit ?? base.defaultLayer else {
      throw LearningError(
        .invalidSetting, "\(base.name) has no layer with channels on a grid of positions")
    }
    self.base = base
    self.entrance = entrance
    self.exit = exit
    self.layerRate = layerRate
    guard base.fixedBatch == nil || entrance == exit else {
      throw LearningError(
        .invalidSetting,
        "\(base.name) takes \(base.fixedBatch ?? 1) sample at a time; its layers can be trained where the file "
          + "leaves a free number of samples (a dynamic batch axis when it is exported), its head in "
          + "any case (--stages 0)")
    }
    sections = SectionStore(base, entrance, exit)
    _ = try sections.section(samples: base.fixedBatch ?? 1)
  }

  /// Takes the last stages of a network, up to its default layer.
  ///
  /// - Parameters:
  ///   - base: A network with one input.
  ///   - stages: How many stages are trained; the head alone when 0.
  ///   - layerRate: What the learning rate is multiplied with for layers that are known.
  /// - Throws: `LearningError` when the network has not as many; as the other initializer.
  package init(_ base: Model, stages: Int, layerRate: Float = 1) throws {
    let ends = base.stageEnds
    guard (0...ends.count).contains(stages) else {
      throw LearningError(
        .invalidSetting,
        "\(base.name) has \(ends.count) stages, of which \(stages) cannot be trained")
    }
    let entrance = stages == ends.count ? nil : ends[ends.count - 1 - stages]
    try self.init(base, behind: entrance, layerRate: layerRate)
  }

  /// What the network knows before layers are trained.
  ///
  /// - Parameter head: The weights of the head.
  /// - Returns: All parameters by name.
  /// - Throws: What taking the layers out throws.
  package func initialWeights(head: NetworkWeights) throws -> NetworkWeights {
    var tensors = head.tensors
    if !trainsHeadOnly {
      for learned in try sections.section(samples: base.fixedBatch ?? 1).learned {
        tensors[learned.name] = learned.tensor
      }
    }
    return NetworkWeights(tensors)
  }

  /// Whether the head alone is trained.
  package var trainsHeadOnly: Bool { entrance == exit }

  /// What is different from other networks of the same base.
  package var settings: [String: String] {
    [
      "base": base.name, "behind": entrance?.name ?? "", "upTo": exit.name,
      "layerRate": "\(layerRate)",
    ]
  }

  /// A rate that moves layers little.
  package var usualLearningRate: Float { 0.01 }

  /// Positions are averaged before the head.
  package var averagesPositions: Bool { true }

  /// Adds the layers.
  ///
  /// - Parameters:
  ///   - input: `[samples, channels, positions…]` of the entrance.
  ///   - outputs: The number of classes.
  ///   - network: Where layers are added.
  /// - Returns: `[samples, classes]`.
  package func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    do {
      let features = try features(of: input) { learned in
        network.parameter(
          learned.name, learned.tensor.shape, .learned(learned.tensor),
          decays: learned.isWeight, rate: layerRate)
      }
      return headed(network.globalAverage(features), outputs: outputs, in: network)
    } catch {
      network.graph.fail(
        error as? GraphError ?? GraphError(.unsuitableStructure, "\(error)"))
      return network.graph.constant(
        Tensor(shape: [input.shape[0], outputs], repeating: 0))
    }
  }

  private func features(
    of input: Value, parameter: (LearnedTensor) -> Value
  ) throws -> Value {
    if trainsHeadOnly { return input }
    return try sections.section(samples: input.shape[0]).output(of: input, parameter: parameter)
  }

  private func headed(_ x: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    network.linear(x, outputs: outputs, beginsAtZero: true, name: "head")
  }

  /// Whether both train the same layers of a network of the same name.
  package static func == (one: Self, other: Self) -> Bool { one.settings == other.settings }

  /// Feeds the settings into a hasher.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(settings)
  }
}

/// The layers for every number of samples that was asked for.
private final class SectionStore: Sendable {
  private let base: Model
  private let ends: (Layer?, Layer)
  private let known = Mutex<[Int: NetworkSection]>([:])

  init(_ base: Model, _ entrance: Layer?, _ exit: Layer) {
    self.base = base
    ends = (entrance, exit)
  }

  func section(samples: Int) throws -> NetworkSection {
    try known.withLock { known in
      if let section = known[samples] { return section }
      let section = try NetworkSection(base, from: ends.0, to: ends.1, samples: samples)
      known[samples] = section
      return section
    }
  }
}

extension FineTunedNetwork {
  /// The whole network with what was learned, from the input to scores.
  ///
  /// - Parameters:
  ///   - weights: The parameters by name.
  ///   - classCount: How many classes there are.
  ///   - samples: For how many samples.
  ///   - givesProbabilities: Whether a softmax stands at the end.
  /// - Returns: A graph of `[samples, channels, positions…]`, named as in the base, to
  ///   `[samples, classes]`.
  /// - Throws: `GraphError` when the weights do not fit; what importing the base throws.
  package func graph(
    _ weights: NetworkWeights, classCount: Int, samples: Int, givesProbabilities: Bool = false
  ) throws -> Graph {
    let network = NetworkBuilder(.inference(weights))
    let input = network.graph.input(
      base.inputs[0].name, shape: Shape([samples] + base.inputShape.extents))
    var activation = input
    if let entrance {
      let below = try NetworkSection(base, from: nil, to: entrance, samples: samples)
      activation = try below.output(of: input) { network.graph.constant($0.tensor) }
    }
    var scores = build(activation, outputs: classCount, in: network)
    if givesProbabilities { scores = network.graph.apply(Softmax(axis: 1), [scores]) }
    network.graph.output(givesProbabilities ? "probabilities" : "scores", scores)
    return try network.graph.finish().canonicalized()
  }
}
