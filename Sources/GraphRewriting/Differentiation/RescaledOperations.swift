import GraphIR
import Operations
import TensorCore

extension Unary: RescaledOperation {
  /// The rescale rule itself.
  func inputMultipliers(at site: DifferenceSite) throws(GraphError) -> [Value?] {
    [try site.rescaled(0)]
  }
}

extension Binary: RescaledOperation {
  /// A function of two numbers; where one of them does not change, the other is rescaled.
  func inputMultipliers(at site: DifferenceSite) throws(GraphError) -> [Value?] {
    let (x, y) = (site.inputs[0], site.inputs[1])
    let (x0, y0) = (site.otherInputs[0], site.otherInputs[1])
    let multiplier = site.multiplier
    switch function {
    case .divide:
      // x · (1 / y): a product of two, of which the second is rescaled.
      let reciprocal = 0.5 * (y.reciprocal + y0.reciprocal)
      let mean = 0.5 * (x + x0)
      return site.only([
        (multiplier * reciprocal).summed(to: x.shape),
        -(multiplier * mean / (y * y0)).summed(to: y.shape),
      ])
    case .maximum, .minimum:
      // max(x, y) = (x + y + |x − y|) / 2, of which the magnitude is rescaled.
      let gap = site.gap
      let difference = gap.now.absolute - gap.before.absolute
      let share = 0.5 * site.slope(difference, gap, elsewhere: gap.now.sign)
      let (own, other) =
        function == .maximum ? (0.5 + share, 0.5 - share) : (0.5 - share, 0.5 + share)
      return site.only([
        (multiplier * own).summed(to: x.shape), (multiplier * other).summed(to: y.shape),
      ])
    case .power where !site.isInfluenced[1] && x.shape == site.output.shape:
      return [try site.rescaled(0), nil]
    case .less, .lessOrEqual, .equal:
      let step =
        multiplier
        * site.slope(site.output - site.otherOutput, site.gap, elsewhere: x.builder.constant(0))
      return site.only([step.summed(to: x.shape), -step.summed(to: y.shape)])
    case .add, .subtract, .multiply, .power: return try site.gradients(at: site.inputs)
    }
  }
}

extension Select: RescaledOperation {
  /// A choice is a sum of products of its branches with the condition, 1 or 0, and with its opposite.
  func inputMultipliers(at site: DifferenceSite) throws(GraphError) -> [Value?] {
    guard site.isInfluenced[0] else { return try site.gradients(at: site.inputs) }
    let means = zip(site.inputs, site.otherInputs).map { 0.5 * ($0 + $1) }
    return site.only([
      (site.multiplier * (means[1] - means[2])).summed(to: site.inputs[0].shape),
      (site.multiplier * means[0]).summed(to: site.inputs[1].shape),
      (site.multiplier * (1 - means[0])).summed(to: site.inputs[2].shape),
    ])
  }
}

extension MaxPooling: RescaledOperation {
  /// Differences go to the winners.
  func inputMultipliers(at site: DifferenceSite) throws(GraphError) -> [Value?] {
    [try site.winners(.maximum)]
  }
}

extension Reduction: RescaledOperation {
  /// Differences of extremes go to those who hold them; products pass on their gradient.
  func inputMultipliers(at site: DifferenceSite) throws(GraphError) -> [Value?] {
    switch function {
    case .maximum: [try site.winners(.maximum)]
    case .minimum: [try site.winners(.minimum)]
    case .sum, .product: try site.gradients(at: site.inputs)
    }
  }
}
