public import GraphIR
import Operations
import TensorCore

/// A value whose weighted sum is differentiated, and the weights.
public struct Seed {
  /// The value, for example the logits `[samples, classes]`.
  public let value: Value

  /// The weight of every number of it, of the same shape.
  public let weights: Value

  /// Creates a seed.
  public init(_ value: Value, weights: Value) {
    self.value = value
    self.weights = weights
  }
}

extension GraphBuilder {
  /// Adds the gradients of `Σ weights ⊙ value` with respect to values of the graph.
  ///
  /// Samples do not influence each other in a network, so with one row of weights per sample the
  /// result is the gradient per sample. Only what lies between the seeds and the targets is added;
  /// a value that is used twice gets the sum. Gradients are made of core operations and can be
  /// differentiated again.
  ///
  /// - Parameters:
  ///   - seeds: What is differentiated.
  ///   - targets: With respect to what; each must influence a seed.
  /// - Returns: One gradient per target, of the target's shape.
  /// - Throws: `GraphError` when a target has no influence or an operation has no gradient.
  public func gradients(
    of seeds: [Seed], withRespectTo targets: [Value]
  ) throws(GraphError) -> [Value] {
    var pass = BackwardPass(builder: self, targets: Set(targets.map(\.id)))
    for seed in seeds { pass.add(seed.weights, to: seed.value.id) }
    try pass.run(from: seeds.map(\.value.id).max())
    var gradients: [Value] = []
    for target in targets {
      guard let gradient = pass.gradients[target.id] else {
        let name = target.node.name ?? "%\(target.id.index)"
        throw GraphError(
          .notDifferentiable, "\(name) has no influence on what is explained; choose another layer")
      }
      gradients.append(gradient)
    }
    return gradients
  }
}

/// One walk from the seeds back to the targets.
private struct BackwardPass {
  let builder: GraphBuilder
  let targets: Set<ValueID>
  /// For every node, whether a target influences it.
  let isInfluenced: [Bool]
  var gradients: [ValueID: Value] = [:]

  init(builder: GraphBuilder, targets: Set<ValueID>) {
    self.builder = builder
    self.targets = targets
    var isInfluenced: [Bool] = []
    for (index, node) in builder.graph.nodes.enumerated() {
      isInfluenced.append(
        targets.contains(ValueID(index)) || node.inputs.contains { isInfluenced[$0.index] })
    }
    self.isInfluenced = isInfluenced
  }

  mutating func add(_ gradient: Value, to value: ValueID) {
    gradients[value] = gradients[value].map { $0 + gradient } ?? gradient
  }

  mutating func run(from last: ValueID?) throws(GraphError) {
    guard let last, let first = targets.min() else { return }
    for index in stride(from: last.index, to: first.index, by: -1) {
      let id = ValueID(index)
      guard let gradient = gradients[id], isInfluenced[index] else { continue }
      if !targets.contains(id) { gradients[id] = nil }
      try passOn(gradient, at: id)
    }
  }

  private mutating func passOn(_ gradient: Value, at id: ValueID) throws(GraphError) {
    let node = builder.graph[id]
    let isNeeded = node.inputs.map { isInfluenced[$0.index] }
    guard isNeeded.contains(true) else { return }
    guard let operation = node.operation as? any DifferentiableOperation else {
      throw GraphError(
        .notDifferentiable, "\(type(of: node.operation).name) has no gradient")
    }
    let site = GradientSite(
      inputs: node.inputs.map(builder.value), output: builder.value(id),
      outputGradient: gradient, isNeeded: isNeeded)
    for (input, gradient) in zip(node.inputs, operation.inputGradients(at: site)) {
      if let gradient { add(gradient, to: input) }
    }
  }
}
