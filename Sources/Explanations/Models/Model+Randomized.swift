import GraphIR
import ONNXFormat
import Operations
import TensorCore

extension Model {
  /// The same network with what it learned in random order: the values of each tensor of weights, and of
  /// biases, scales and shifts, are put in another order within it, so that their distribution stays.
  ///
  /// What is computed up to the kept layers stays as it is, bit for bit. A tensor gets the same order whatever
  /// is kept, so that networks of one seed that keep less and less are a cascade. Single numbers, limits,
  /// masks, and what prepares the input are not learned.
  ///
  /// - Parameters:
  ///   - layers: What stays as it is, with all that leads to it; nothing stays when empty.
  ///   - seed: Where random numbers start.
  /// - Returns: A network with the layers, inputs and outputs of this one.
  /// - Throws: `ExplanationError` for a layer that the network does not have.
  public func randomized(
    above layers: [Layer] = [], seed: UInt64
  ) throws(ExplanationError) -> Model {
    for layer in layers where !self.layers.contains(layer) {
      throw ExplanationError(.unknownLayer, "\(name) has no layer \(layer.name)")
    }
    var model = self
    let names = layers.map(\.name)
    model.imports = imports.changed { imported in
      let kept = names.compactMap(imported.value)
      return ImportedModel(
        graph: try imported.graph.randomized(keeping: kept, seed: seed), layers: imported.layers,
        values: imported.values)
    }
    return model
  }

  /// What is kept while the network is made random from the scores downward, stage by stage: the ends of
  /// all stages first, nothing at last.
  ///
  /// - Parameter limit: How many steps there are at most, at least 2; where there are more stages some are
  ///   taken together.
  /// - Returns: At least one entry, the last one empty.
  package func randomizationSteps(atMost limit: Int = 5) -> [[Layer]] {
    let ends = stageEnds
    let count = min(ends.count + 1, limit)
    guard count > 1 else { return [[]] }
    return (0..<count).map { step in
      let stage = (step * ends.count + (count - 1) / 2) / (count - 1)
      return Array(ends.prefix(ends.count - stage))
    }
  }
}

extension Graph {
  /// The graph with learned numbers in random order, but for those that some values depend on.
  ///
  /// - Parameters:
  ///   - values: What stays as it is.
  ///   - seed: Where random numbers start.
  ///   - isWithin: Whether everything that it computes stands behind a learned operation.
  /// - Returns: A graph with the same values in the same places.
  /// - Throws: `GraphError` when the graph is malformed.
  func randomized(
    keeping values: [ValueID], seed: UInt64, isWithin: Bool = false
  ) throws(GraphError) -> Graph {
    let isLearned = LearnedConstants(self, isWithin: isWithin).isLearned
    let isKept = ancestors(of: values)
    var graph = Graph()
    var stream = 0
    for (index, node) in nodes.enumerated() {
      var operation = node.operation
      if isLearned[index] || operation is any SequentialOperation {
        var generator = SplitMix64(seed: seed, stream: stream, of: .weights)
        stream += 1
        if !isKept[index] { operation = try operation.randomized(&generator) }
      }
      _ = try graph.append(operation, node.inputs, name: node.name)
    }
    for (name, value) in names { graph.rename(value, to: name) }
    graph.outputs = outputs
    return try graph.verifiedInDebug()
  }
}

extension GraphIR.Operation {
  /// A constant with its numbers in another order, or a recurrence with what it repeats made random.
  fileprivate func randomized(
    _ generator: inout SplitMix64
  ) throws(GraphError) -> any GraphIR.Operation {
    if let constant = self as? Constant {
      return Constant(
        Tensor(
          shape: constant.tensor.shape, elements: generator.shuffled(constant.tensor.elements)))
    }
    guard let sequence = self as? any SequentialOperation else { return self }
    return try sequence.repeating(
      sequence.repeated.randomized(keeping: [], seed: generator.next(), isWithin: true))
  }
}
