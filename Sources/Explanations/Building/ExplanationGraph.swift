package import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore

extension ExplanationPlan {
  /// The graph that computes the scores and every map of the plan for a batch.
  ///
  /// Outputs: `scores` `[samples, scores]`; per item the map on its grid `[samples, positions…]` and
  /// the same at the positions of the input, or what its masks are made of. Explicit targets are inputs, see `TargetSeeds`.
  ///
  /// - Throws: `ONNXError`, `GraphError` or `ExplanationError`.
  package func graph(for model: Model, batch: Int) throws -> Graph {
    let imported = try model.imported(batch: batch)
    var values: [String: Value] = [:]
    let names = Set(layers.map(\.name))
    let network = try imported.graph.canonicalized(keeping: names)
    let parts = try Parts(network, name: model.file.name, inputName: model.inputName)
    let builder = GraphBuilder(network)
    for name in names { values[name] = network.value(named: name).map(builder.value) }
    builder.removeOutputs()
    let scores = builder.value(parts.scores).reshaped(to: [batch, parts.scoreCount])
    let seeds = TargetSeeds(scores: scores)
    let explained = try seeds.formed(form, activation: parts.activation)
    builder.output("scores", scores)
    var sites: [[MethodSite]] = []
    let input = builder.value(parts.input)
    let looksAtInput = items.contains { $0.layer == nil }
    let places =
      try layers.map { layer in
        guard let value = values[layer.name] else {
          throw ExplanationError(.unknownLayer, "layer \(layer.name) is not in the network")
        }
        return value
      } + (looksAtInput ? [input] : [])
    for (index, target) in targets.enumerated() {
      let weights = seeds.weights(target, index: index)
      let gradients = try builder.gradients(
        of: [Seed(explained, weights: weights)], withRespectTo: places)
      let source = RelevanceSource(scores: scores, weights: weights, places: places)
      sites.append(
        places.indices.map { place in
          MethodSite(
            activation: places[place], gradient: gradients[place], scores: scores,
            weights: weights, input: input
          ) {
            source.relevance(at: place, $0)
          }
        })
    }
    for item in items {
      let chosen = methods[item.method]
      let site = sites[item.target][item.layer ?? places.count - 1]
      switch chosen.method.procedure {
      case .graph(let method):
        let map = method(site, chosen.settings)
        builder.output(item.mapName, map.withoutChannels)
        guard alignsMaps else { continue }
        builder.output(
          item.alignedName,
          map.aligned(to: input.shape.positions, fields: fields(item), upsampling).withoutChannels)
      case .masks(let scoring):
        let channels = scoring.channels(site, chosen.settings)
        builder.output(item.mapName, channels.maps)
        builder.output(item.summedName, channels.summed)
        builder.output(item.rankingName, channels.ranking)
      }
    }
    return try builder.finish().simplified()
  }

  /// Where the grid of an item's layer lies over the input, if that is known.
  package func fields(_ item: PlanItem) -> [ReceptiveField]? {
    item.layer.flatMap { layers[$0].receptiveFields }
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
