public import GraphIR
import Operations

/// What becomes of a gradient at a rectifier, in place of the derivative of `max(x, 0)`.
///
/// Rules see one rectifier; everything else passes on its own gradient. What passes more than one
/// rectifier is a gradient no more.
public protocol GradientRule: Hashable, Sendable {
  /// What arrives at the input of a rectifier, of its shape.
  func inputGradient(at site: RectifierSite) -> Value
}

/// One rectifier, `max(x, 0)`, and what has arrived at its result.
public struct RectifierSite {
  /// What it received, `x`.
  public let input: Value

  /// What it computed, `max(x, 0)`; cut off above where its operation is bounded.
  public let output: Value

  /// What has arrived at its result, of the same shape.
  public let gradient: Value

  /// Describes a rectifier.
  public init(input: Value, output: Value, gradient: Value) {
    self.input = input
    self.output = output
    self.gradient = gradient
  }
}

extension GraphBuilder {
  /// Adds the gradients of `Σ weights ⊙ value` with respect to values of the graph, with a rule of its
  /// own for rectifiers.
  ///
  /// Rectifiers are `max(x, 0)` and limits from 0 to more than 1, which are `min(max(x, 0), u)`: the
  /// limit above has its own derivative, and then comes the rule. Limits from 0 to 1 are gates, as hard
  /// logistic functions are. A rectifier that is part of another function of one value (a leaky
  /// rectifier, a softplus) is none: such functions, and smooth ones, pass on their own gradient.
  ///
  /// - Parameters:
  ///   - seeds: What is differentiated.
  ///   - targets: With respect to what; each must influence a seed.
  ///   - rule: What becomes of gradients at rectifiers.
  /// - Returns: What arrives at each target, of the target's shape.
  /// - Throws: `GraphError` when a target has no influence, an operation has no gradient, or no
  ///   rectifier stands between: then there is nothing but the gradient itself.
  public func gradients(
    of seeds: [Seed], withRespectTo targets: [Value], by rule: any GradientRule
  ) throws(GraphError) -> [Value] {
    let rectification = Rectification(
      of: graph, from: targets.map(\.id), to: seeds.map(\.value.id))
    guard !rectification.rectifiers.isEmpty else {
      throw GraphError(
        .notDifferentiable,
        "there is no rectifier to change the gradient at; what is explained has the plain gradient "
          + "only")
    }
    return try gradients(of: seeds, withRespectTo: targets) { site in
      guard let rectifier = rectification.rectifiers[site.output.id] else { return nil }
      var gradient = site.outputGradient
      if let bound = rectifier.bound {
        gradient = gradient * site.output.builder.constant(bound).isGreater(than: site.output)
      }
      let arriving = rule.inputGradient(
        at: RectifierSite(
          input: site.inputs[rectifier.input], output: site.output, gradient: gradient))
      return site.inputs.indices.map { $0 == rectifier.input ? arriving : nil }
    }
  }
}
