package import ExplanationQuality
package import Explanations
package import GraphExecution

/// What is judged, by what, beside which controls.
package struct EvaluationPlan: Sendable {
  /// The network.
  package let model: Model

  /// Methods, layers and target; its targets are one, `given` or one of the user's own.
  package let explanations: ExplanationPlan

  /// What maps are judged by.
  package let metrics: [ChosenMetric]

  /// Those of them that are decided upon, by their texts: maps of other inputs are masked for these only,
  /// as there is one for each map.
  package let primary: Set<String>

  /// Controls that no method made.
  package let controls: [Control]

  /// Whether the sum of activations and maps of other inputs are judged too.
  package let usesNetworkControls: Bool

  /// What of the network's answer is followed.
  package let scale: FollowedScore

  /// Where random numbers start.
  package let seed: UInt64

  /// How graphs are compiled.
  package let options: ProgramOptions

  /// The length of intervals of an axis that are hidden as a whole, in positions; nil for 2 %.
  package let bandWidth: Int?

  /// Makes a plan.
  package init(
    _ explanations: ExplanationPlan, of model: Model, metrics: [ChosenMetric],
    primary: Set<String>, controls: [Control], usesNetworkControls: Bool = true,
    scale: FollowedScore, seed: UInt64 = 0,
    options: ProgramOptions = ProgramOptions(), bandWidth: Int? = nil
  ) {
    var explanations = explanations
    explanations.alignsMaps = false
    explanations.keepsChannelWeights = metrics.contains(where: \.usesChannelWeights)
    self.model = model
    self.explanations = explanations
    self.metrics = metrics
    self.primary = primary
    self.controls = controls
    self.usesNetworkControls = usesNetworkControls
    self.scale = scale
    self.seed = seed
    self.options = options
    self.bandWidth = bandWidth
  }

  /// Whether weights of channels are compared with those of other inputs.
  package var usesChannelWeights: Bool { explanations.keepsChannelWeights }

  /// The input that maps lie on.
  package var input: NetworkInput { explanations.items[0].input }

  /// The extents of its positions.
  package var positions: [Int] { input.positions }

  /// The maps of the methods, in the order of the plan.
  package var methodKeys: [MapKey] { explanations.items.map { MapKey($0) } }

  /// The layers that controls stand beside; none where methods look at the input only.
  var layers: [Layer] {
    var layers: [Layer] = []
    for layer in explanations.items.compactMap(\.layer) where !layers.contains(layer) {
      layers.append(layer)
    }
    return layers
  }

  /// All controls, each once where it is the same at all layers.
  package var controlKeys: [MapKey] {
    let layers: [Layer?] = layers.isEmpty ? [nil] : layers
    let blind = controls.flatMap { control in
      (control.dependsOnStride ? layers : [nil]).map {
        MapKey(method: control.id, layer: $0?.name, control: .blind)
      }
    }
    guard usesNetworkControls else { return blind }
    let sums = self.layers.map {
      MapKey(method: "activations", layer: $0.name, control: .activations)
    }
    return blind + sums + methodKeys.map(\.ofAnotherInput)
  }

  /// The distance between neighbors of a layer's grid over the input, in positions; 1 for the input.
  func stride(_ layer: String?) -> Double {
    guard let layer = layers.first(where: { $0.name == layer }),
      let fields = layer.receptiveFields(over: input), !fields.isEmpty
    else { return 1 }
    return fields.reduce(0) { $0 + $1.stride } / Double(fields.count)
  }
}

extension ChosenMetric {
  /// Whether it is of the weights that methods give channels.
  fileprivate var usesChannelWeights: Bool {
    switch metric.procedure {
    case .channels, .reweighted: true
    default: false
    }
  }
}
