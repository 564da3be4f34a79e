package import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore

/// The graph of a plan, and how its ledgers are read.
package struct ExplanationGraph: Sendable {
  /// The graph.
  package let graph: Graph

  /// The ledgers among its outputs.
  package let ledgers: [LedgerPass]
}

extension ExplanationPlan {
  /// The graph that computes the scores and every map of the plan for a batch.
  ///
  /// Outputs: `scores` `[samples, scores]`; per item the map on its grid `[samples, positions…]` and
  /// the same at the positions of the input, or what its masks are made of. Explicit targets are
  /// inputs, see `TargetSeeds`.
  ///
  /// - Throws: `ONNXError`, `GraphError` or `ExplanationError`.
  package func graph(for model: Model, batch: Int) throws -> Graph {
    try built(for: model, batch: batch).graph
  }

  /// The same graph with what tells how to read its ledgers, which are outputs if asked for.
  ///
  /// - Throws: `ONNXError`, `GraphError` or `ExplanationError`.
  package func built(for model: Model, batch: Int) throws -> ExplanationGraph {
    let imported = try model.imported(batch: batch).graph
    var networks: [NetworkForm: PlanNetwork] = [:]
    let forms = methods.map { NetworkForm(for: $0) }
    let first = try (forms.first ?? .folded).graph(of: imported, keeping: layers.map(\.name))
    let builder = GraphBuilder(first)
    builder.removeOutputs()
    for form in forms where networks[form] == nil {
      let network =
        networks.isEmpty ? first : try form.graph(of: imported, keeping: layers.map(\.name))
      let parts = try Parts(network, name: model.file.name, inputName: model.inputName)
      // A second form of the network stands beside the first, for the same input.
      let values =
        networks.isEmpty
        ? network.nodes.indices.map { builder.value(ValueID($0)) }
        : try builder.insert(
          network, inputs: builder.graph.inputs.mapping { builder.value($0) })
      networks[form] = try PlanNetwork(
        self, network, parts, values, weights: networks.values.first?.weights)
    }
    if let scores = forms.first.flatMap({ networks[$0] })?.scores {
      builder.output("scores", scores)
    }
    for item in items {
      let chosen = methods[item.method]
      guard let site = networks[forms[item.method]]?.site(item, asker: item.method) else {
        continue
      }
      switch chosen.method.procedure {
      case .graph(let method):
        let map = method(site, chosen.settings)
        builder.output(item.mapName, map.withoutChannels)
        guard alignsMaps else { continue }
        builder.output(
          item.alignedName,
          map.aligned(to: site.input.shape.positions, fields: fields(item), upsampling)
            .withoutChannels)
      case .masks(let scoring):
        let channels = scoring.channels(site, chosen.settings)
        builder.output(item.mapName, channels.maps)
        builder.output(item.summedName, channels.summed)
        builder.output(item.rankingName, channels.ranking)
      }
    }
    let ledgers = networks.flatMap { form, network in
      network.ledgerPasses("\(form)", places: layers.map(\.name) + ["input"])
    }
    return ExplanationGraph(graph: try builder.finish().simplified(), ledgers: ledgers)
  }

  /// Where the grid of an item's layer lies over the input, if that is known.
  package func fields(_ item: PlanItem) -> [ReceptiveField]? {
    item.layer.flatMap { layers[$0].receptiveFields }
  }
}

extension [(name: String, value: ValueID, shape: Shape)] {
  fileprivate func mapping(_ value: (ValueID) -> Value) -> [String: Value] {
    Dictionary(map { ($0.name, value($0.value)) }) { first, _ in first }
  }
}

extension Value {
  /// `[samples, positions…]` of a value with one channel.
  var withoutChannels: Value {
    reshaped(to: Shape([shape[0]] + shape.positions))
  }

  /// The map at the positions of the input.
  func aligned(
    to positions: [Int], fields: [ReceptiveField]?, _ upsampling: Upsampling
  ) -> Value {
    guard shape.positions != positions || fields.map({ $0.contains { $0.origin != 0 } }) ?? false
    else { return self }
    let mappings = upsampling.mappings(from: shape.positions, to: positions, fields: fields)
    return builder.apply(
      Resize(outputPositions: positions, mappings: mappings, interpolation: .linear), [self])
  }
}
