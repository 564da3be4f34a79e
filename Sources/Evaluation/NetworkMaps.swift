import ExplanationQuality
import Explanations
import GraphExecution
import TensorCore

/// Makes maps of one network: of methods, and of what layers make of an input.
final class NetworkMaps: Sendable {
  private let plan: EvaluationPlan
  private let explainer: Explainer
  private let activations: ActivationReader?

  /// Prepares making maps.
  ///
  /// - Parameters:
  ///   - plan: Which maps.
  ///   - model: The network of the plan, or one with the same layers.
  ///   - lane: Where graphs are compiled and run.
  /// - Throws: What compiling throws.
  init(_ plan: EvaluationPlan, of model: Model, lane: ExecutionLane) throws {
    self.plan = plan
    explainer = Explainer(model, plan.explanations, options: plan.options, batch: 1, lane: lane)
    activations =
      plan.usesNetworkControls && !plan.layers.isEmpty
      ? try ActivationReader(model, layers: plan.layers, lane: lane) : nil
  }

  /// The maps of all methods.
  ///
  /// - Parameters:
  ///   - inputs: All inputs of the network by name.
  ///   - target: Says what is explained.
  /// - Returns: Each map on its own grid, with weights of channels where it is made of some.
  /// - Throws: What explaining throws.
  func methods(
    _ inputs: [String: Tensor], for target: EvaluationSample
  ) throws -> [MapKey: MethodMap] {
    let classes = target.classIndex.map { [$0] } ?? []
    let explanations = try explainer.explain([inputs], classes: classes)[0].explanations
    return Dictionary(
      zip(
        plan.methodKeys,
        explanations.map { explanation in
          MethodMap(
            map: explanation.map, weights: explanation.channelWeights?.map { Double($0) })
        }), uniquingKeysWith: { first, _ in first })
  }

  /// The sum over channels of what each layer makes of an input, on its grid.
  func activationSums(_ inputs: [String: Tensor]) throws -> [MapKey: Tensor] {
    guard let activations else { return [:] }
    let values = try activations.activations([inputs])[0]
    return zip(activations.layers, values).reduce(into: [:]) { sums, pair in
      let (layer, value) = pair
      let length = value.elements.count / max(1, value.shape[0])
      var sum = [Float](repeating: 0, count: length)
      for index in value.elements.indices { sum[index % length] += value.elements[index] }
      sums[MapKey(method: "activations", layer: layer.name, control: .activations)] = Tensor(
        shape: Shape(Array(value.shape.extents.dropFirst())), elements: sum)
    }
  }
}
