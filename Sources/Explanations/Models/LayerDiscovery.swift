import GraphIR
import ONNXFormat
import Operations
import TensorCore

/// Lists the layers of a network and picks the one that maps are made of by default.
///
/// The default is the last layer with several positions that is not a pooling and that a learned
/// linear operation separates from the scores: what class activation maps call the last
/// convolution stage, after its activation.
struct LayerDiscovery {
  private let imported: ImportedModel
  private let fields: [[ReceptiveField]?]
  private let leadsToScores: [Bool]
  private let isBehindWeights: [Bool]
  private let isPassage: [Bool]

  init(_ imported: ImportedModel, input: ValueID, scores: ValueID) {
    self.imported = imported
    let graph = imported.graph
    fields = graph.receptiveFields(of: input)
    let leads = graph.ancestors(of: [scores])
    let weighted = graph.nodes.enumerated().filter { index, node in
      leads[index] && node.core?.parameterInputs.isEmpty == false
    }
    leadsToScores = leads
    isBehindWeights = graph.ancestors(of: weighted.flatMap(\.element.inputs))
    isPassage = graph.passages(from: input, leading: leads)
  }

  /// The layers in the order of the file.
  var layers: [Layer] {
    var layers = imported.layers.map(layer)
    let preferred = layers.lastIndex { isCandidate($0) } ?? layers.lastIndex(where: \.isMappable)
    if let preferred { layers[preferred].isDefault = true }
    return layers
  }

  private func isCandidate(_ layer: Layer) -> Bool {
    guard layer.isMappable, let value = imported.value(named: layer.name) else { return false }
    let operation = imported.graph[value].operation
    let isPooling =
      layer.operatorType.hasSuffix("Pool") || operation is MaxPooling
      || operation is AveragePooling
    return !isPooling && isBehindWeights[value.index]
  }

  private func layer(_ imported: ImportedLayer) -> Layer {
    let value = imported.value
    let node = self.imported.graph[value]
    let shape = Shape(Array(node.shape.extents.dropFirst()))
    let field = fields[value.index]
    let isMappable =
      field != nil && node.shape.positions.reduce(1, *) > 1 && leadsToScores[value.index]
      && !(node.operation is Input)
    let cost = NodeCost(value, in: self.imported.graph)
    return Layer(
      name: imported.valueName, nodeName: imported.nodeName, operatorType: imported.operatorType,
      shape: shape, receptiveFields: field, parameterCount: cost.parameterCount,
      operationCount: cost.operationCount, isMappable: isMappable,
      isPassage: isPassage[value.index],
      isRectified: (node.operation as? Unary)?.function == .rectify, isDefault: false)
  }
}

extension Graph {
  /// Which values lie on every path from an input to what is marked as leading to the scores.
  fileprivate func passages(from input: ValueID, leading: [Bool]) -> [Bool] {
    let isOnPath = zip(dependents(of: [input]), leading).map { $0 && $1 }
    var lastUse = [Int](repeating: 0, count: nodes.count)
    for (index, node) in nodes.enumerated() where leading[index] {
      for source in node.inputs where isOnPath[source.index] { lastUse[source.index] = index }
    }
    var isPassage = [Bool](repeating: false, count: nodes.count)
    // The last node that uses something from before the current one.
    var reach = 0
    for index in nodes.indices where isOnPath[index] {
      isPassage[index] = reach <= index
      reach = max(reach, lastUse[index])
    }
    return isPassage
  }
}

/// What a node has learned and what it costs.
private struct NodeCost {
  let parameterCount: Int
  let operationCount: Int

  init(_ value: ValueID, in graph: Graph) {
    let node = graph[value]
    let learned = node.inputs.enumerated().filter { input, source in
      node.core?.parameterInputs.contains(input) == true && graph[source].operation is Constant
    }
    parameterCount = learned.reduce(0) { $0 + graph[$1.element].shape.elementCount }
    let site = OperationSite(node, in: graph)
    operationCount =
      (node.core?.operationCount(at: site) ?? 0) / max(node.shape.extents.first ?? 1, 1)
  }
}
