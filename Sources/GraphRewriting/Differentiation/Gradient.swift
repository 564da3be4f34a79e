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
    try gradients(of: seeds, withRespectTo: targets) { _ in nil }
  }

  /// Adds gradients in which some operations pass on something else than their own.
  ///
  /// - Parameters:
  ///   - seeds: What is differentiated.
  ///   - targets: With respect to what; each must influence a seed.
  ///   - exception: What an operation passes on; nil for its own gradient.
  /// - Returns: One gradient per target, of the target's shape.
  /// - Throws: `GraphError` when a target has no influence or an operation has no gradient.
  func gradients(
    of seeds: [Seed], withRespectTo targets: [Value],
    except exception: (GradientSite) -> [Value?]?
  ) throws(GraphError) -> [Value] {
    let arrivals = try arrivingGradients(
      of: seeds.map { ($0.value.id, $0.weights) }, at: targets.map(\.id), except: exception)
    var gradients: [Value] = []
    for target in targets {
      guard let gradient = arrivals[target.id] else {
        let name = target.node.name ?? "%\(target.id.index)"
        throw GraphError(
          .notDifferentiable, "\(name) has no influence on what is explained; choose another layer")
      }
      gradients.append(gradient)
    }
    return gradients
  }
}
