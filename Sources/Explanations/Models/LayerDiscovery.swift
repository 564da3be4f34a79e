import GraphIR
import ONNXFormat
import Operations
import TensorCore

/// Lists the layers of a network and picks the one that maps are made of by default.
///
/// The default is the last layer with several positions that is not a pooling and that a learned
/// linear operation separates from the scores: what class activation maps call the last
/// convolution stage, after its activation. Where everything passes through an earlier one with the
/// same grid and not through this one, that one is taken: not a branch. Where scores have positions
/// themselves, it is the last with the coarsest grid. What is behind a recurrence is none of them: each
/// of its steps has seen all others.
struct LayerDiscovery {
  private let imported: ImportedModel
  private let scores: ValueID
  private let layouts: [AxisLayout?]
  private let dependence: PlaceDependence
  private let isBehindRecurrence: [Bool]

  init(_ imported: ImportedModel, input: ValueID, scores: ValueID) {
    self.imported = imported
    self.scores = scores
    let graph = imported.graph
    let layouts = graph.axisLayouts(of: input, AxisLayout(canonical: graph[input].shape))
    self.layouts = layouts
    dependence = PlaceDependence(graph, layouts, scores: scores)
    let sequences = graph.nodes.indices.map(ValueID.init)
      .filter { graph[$0].operation is any SequentialOperation }
    isBehindRecurrence = graph.dependents(of: sequences)
  }

  /// The layers in the order of the file.
  var layers: [Layer] {
    var previous = -1
    var layers = imported.layers.map { layer in
      defer { previous = max(previous, layer.value.index) }
      return self.layer(layer, behind: previous)
    }
    let preferred = preferred(among: layers) ?? layers.lastIndex(where: \.isMappable)
    if let preferred { layers[preferred].isDefault = true }
    return layers
  }

  private func preferred(among layers: [Layer]) -> Int? {
    var candidates = layers.indices.filter { isCandidate(layers[$0]) }
    let places = { (index: Int) in layers[index].gridExtents.reduce(1, *) }
    if layouts[scores.index]?.hasPlaces == true, let least = candidates.map(places).min() {
      candidates.removeAll { places($0) > least }
    }
    guard let last = candidates.last else { return nil }
    let passage = candidates.last { layers[$0].isPassage }
    return passage.flatMap { layers[$0].gridExtents == layers[last].gridExtents ? $0 : nil } ?? last
  }

  private func isCandidate(_ layer: Layer) -> Bool {
    guard layer.isMappable, !layer.isRearrangement,
      let value = imported.value(named: layer.name)
    else { return false }
    let operation = imported.graph[value].operation
    let isPooling =
      layer.operatorType.hasSuffix("Pool") || operation is MaxPooling
      || operation is AveragePooling
    return !isPooling && !isBehindRecurrence[value.index]
      && dependence.isBehindWeights[value.index]
  }

  private func layer(_ imported: ImportedLayer, behind previous: Int) -> Layer {
    let value = imported.value
    let graph = self.imported.graph
    let node = graph[value]
    let obstacle = obstacle(to: value)
    let layout = layouts[value.index].flatMap { $0.isPlaced ? $0 : nil }
    let cost = LayerCost(value, behind: previous, in: graph)
    return Layer(
      name: imported.valueName, nodeName: imported.nodeName, operatorType: imported.operatorType,
      shape: Shape(
        node.shape.extents.enumerated().filter { $0.offset != layout?.sampleAxis ?? 0 }
          .map(\.element)),
      gridExtents: layout?.gridExtents ?? Array(node.shape.extents.dropFirst(2)),
      receptiveFields: layout?.receptiveFields, parameterCount: cost.parameterCount,
      operationCount: cost.operationCount, obstacle: obstacle,
      isPassage: dependence.isPassage[value.index],
      isRectified: (node.operation as? Unary)?.function == .rectify,
      isRearrangement: graph.isRearrangement(value),
      mixesPlaces: layout?.mixesPlaces == true, isDefault: false)
  }

  /// Why no map can be made of a value; nil when one can.
  private func obstacle(to value: ValueID) -> MapObstacle? {
    guard let layout = layouts[value.index], !imported.graph[value].inputs.isEmpty else {
      return MapObstacle("it is not computed from the input")
    }
    switch dependence.needs[value.index] {
    case .nothing: return MapObstacle("the scores do not depend on it")
    case .others where layout.hasPlaces:
      return MapObstacle("the scores depend on its class token only, not on its positions")
    case .others, .places: break
    }
    if let obstacle = layout.obstacle {
      return MapObstacle(
        "\(description(of: obstacle)) leaves none of its numbers a place on the input",
        hidesStage: dependence.isBehindWeights[value.index])
    }
    if layout.isPlaced, layout.hasPlaces { return nil }
    return MapObstacle(
      layout.isPlaced
        ? "it has no grid of positions"
        : "its numbers belong to several positions of the input each")
  }

  /// What computes a value, and where.
  private func description(of value: ValueID) -> String {
    let layer = imported.layers.first { $0.value >= value }
    let name = layer.map { $0.nodeName.isEmpty ? $0.valueName : $0.nodeName }
    return (layer?.operatorType ?? type(of: imported.graph[value].operation).name)
      + (name.map { " (\($0))" } ?? "")
  }
}

extension Graph {
  /// Whether a value holds the numbers of one other value in another order.
  fileprivate func isRearrangement(_ value: ValueID) -> Bool {
    let computed = self[value].inputs.filter { !self[$0].isConstant }
    return self[value].operation is any Movement && computed.count == 1
      && self[computed[0]].shape.elementCount == self[value].shape.elementCount
  }
}
