import GraphIR
import GraphRewriting
import Operations
import Synchronization
import TensorCore

/// Changes that are run together: what is done to which input, and for which maps of a plan.
struct RepeatKind: Hashable, Sendable {
  /// Which changed inputs there are, and which form of the scores is explained.
  struct Key: Hashable, Sendable {
    let changes: InputChanges
    let baseline: Baseline?
    let input: NetworkInput
    let form: FormedScores
  }

  let key: Key

  /// The maps that are made, each by its method and layer; of one target.
  let items: [PlanItem]

  static func == (one: RepeatKind, other: RepeatKind) -> Bool { one.key == other.key }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// How what a changed input gives is read.
struct RepeatOutputs: Sendable {
  /// One term of one map.
  struct Term: Sendable {
    let output: OutputHandle
    let statistic: RepeatedStatistic
    /// The shape without the axis of samples.
    let shape: Shape
  }

  /// The terms of every map.
  let terms: [[Term]]

  /// What is used of the values that are kept, by the map that kept them.
  let usedKept: [RepeatGraphs.KeptValue]

  /// Whether differences from what inputs are compared with are used.
  let usesDifference: Bool
}

/// Builds the graphs of methods that run changed inputs.
struct RepeatGraphs: Sendable {
  /// A value that is kept for a map: the number of the map, and of the value among those of it.
  struct KeptValue: Hashable, Sendable {
    let item: Int
    let index: Int

    /// The label of the graph's input.
    var label: String { "kept \(item) \(index)" }
  }

  static let target = "target"
  static let difference = "difference"

  let model: Model
  let upsampling: Upsampling

  /// The network on changed inputs, with what every map of a kind follows.
  ///
  /// Inputs: those of the network; how much each score counts, `target` `[changes, classes,
  /// positions…]`; and where they are used `difference` and kept values, `[changes, …]`.
  ///
  /// - Parameters:
  ///   - kind: Whose changes.
  ///   - kept: The shapes of the values that are kept for each map, without the axis of samples.
  ///   - samples: How many changed inputs run at once.
  /// - Returns: The graph.
  /// - Throws: What importing throws; `GraphError` or `ExplanationError`.
  func terms(
    _ kind: RepeatKind, kept: [[Shape]], _ samples: Int
  ) throws -> NetworkGraph<RepeatOutputs> {
    let builder = GraphBuilder()
    let network = try RepeatedNetwork(kind, model, builder, samples)
    var used: [KeptValue: Value] = [:]
    var difference: Value?
    var terms: [[RepeatOutputs.Term]] = []
    for (number, item) in kind.items.enumerated() {
      guard case .repeats(let repetition) = item.method.method.procedure else { continue }
      let site = RepeatSite(
        activation: network.places[number], gradient: network.gradients[number],
        input: network.input,
        makeDifference: {
          let value = difference ?? builder.input(Self.difference, shape: network.input.shape)
          difference = value
          return value
        },
        makeKept: { index in
          let place = KeptValue(item: number, index: index)
          let shape = Shape([samples] + kept[number][index].extents)
          let value = used[place] ?? builder.input(place.label, shape: shape)
          used[place] = value
          return value
        })
      terms.append(
        repetition.terms(site, item.method.settings).enumerated().map { index, term in
          RepeatOutputs.Term(
            output: builder.output("term \(number) \(index)", term.value),
            statistic: term.statistic, shape: Shape(Array(term.value.shape.extents.dropFirst())))
        })
    }
    let outputs = RepeatOutputs(
      terms: terms, usedKept: Array(used.keys), usesDifference: difference != nil)
    return NetworkGraph(graph: try builder.finish().simplified(), results: outputs)
  }

  /// What was found of terms, and what was kept, to one map.
  ///
  /// Inputs: `term 0`… and `kept 0`…, each `[1, …]`.
  ///
  /// - Parameters:
  ///   - item: Which map.
  ///   - repetition: How it is made.
  ///   - terms: The shapes of the terms, without the axis of samples.
  ///   - kept: Those of what is kept.
  /// - Returns: The graph.
  /// - Throws: `GraphError`.
  func combination(
    _ item: PlanItem, _ repetition: Repetition, terms: [Shape], kept: [Shape]
  ) throws -> NetworkGraph<MapOutputs> {
    let builder = GraphBuilder()
    let inputs = { (label: String, shapes: [Shape]) in
      shapes.enumerated().map { index, shape in
        builder.input("\(label) \(index)", shape: Shape([1] + shape.extents))
      }
    }
    let results = RepeatedResults(terms: inputs("term", terms), kept: inputs("kept", kept))
    let (map, weights) = repetition.combined(results, item.method.settings)
    let outputs = MapOutputs(map, of: item, upsampling, weights: weights)
    return NetworkGraph(graph: try builder.finish().simplified(), results: outputs)
  }
}

/// A network on changed inputs: what is computed where methods look, and its gradients.
private struct RepeatedNetwork {
  /// The changed input.
  let input: Value
  /// What is computed at the place of every item, `[changes, channels, positions…]`.
  let places: [Value]
  /// The gradients of what is explained there.
  let gradients: [Value]

  init(_ kind: RepeatKind, _ model: Model, _ builder: GraphBuilder, _ samples: Int) throws {
    var inputs: [String: Value] = [:]
    for input in model.inputs {
      inputs[input.name] = builder.input(
        ScoringGraphs.label(input.name), shape: Shape([samples] + input.shape.extents))
    }
    guard let input = inputs[kind.key.input.name],
      let place = model.inputs.firstIndex(of: kind.key.input)
    else {
      throw ExplanationError(.unsuitableInput, "there is no input \(kind.key.input.name)")
    }
    let layers = kind.items.compactMap(\.layer)
    let network = try model.network(samples: samples, keeping: layers)
    let values = try builder.insert(network.graph, inputs: inputs)
    let layouts = layers.isEmpty ? [] : try network.layouts(of: layers, over: place)
    let scores = values[network.parts.scores.index]
    let target = builder.input(RepeatGraphs.target, shape: scores.shape)
    let formed = kind.key.form.of(scores, model.activation)
    let seen = try kind.items.map { item in
      try item.layer.map { values[try network.value(of: $0).index] } ?? input
    }
    let gradients = try builder.gradients(
      of: [Seed(formed, weights: target)], withRespectTo: seen)
    var rest = layouts[...]
    var (places, canonical) = ([Value](), [Value]())
    for (index, item) in kind.items.enumerated() {
      var layout = AxisLayout(canonical: input.shape)
      if let layer = item.layer {
        guard let found = rest.popFirst() ?? nil, found.hasPlaces else {
          throw ExplanationError(.unknownLayer, "layer \(layer.name) has no grid of positions")
        }
        layout = found
      }
      places.append(layout.canonical(seen[index]))
      canonical.append(layout.canonical(gradients[index]))
    }
    self.input = input
    self.places = places
    self.gradients = canonical
  }
}
