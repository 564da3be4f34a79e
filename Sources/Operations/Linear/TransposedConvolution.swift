public import GraphIR
public import TensorCore

/// The adjoint of a convolution: spreads every value over the positions that it was computed from.
///
/// Inputs: `[samples, outputs, placements…]` and the convolution's own weights
/// `[outputs, channels / groups, taps…]`. The positions of the result are stated, since several
/// inputs of a strided convolution give the same number of placements.
public struct TransposedConvolution: Operation {
  /// The printed name.
  public static let name = "transposedConvolution"

  /// The convolution that this is the adjoint of.
  public let convolution: Convolution

  /// The positions of the result: those of the convolution's input.
  public let outputPositions: [Int]

  /// Creates the adjoint of a convolution over inputs with the given positions.
  public init(_ convolution: Convolution, outputPositions: [Int]) {
    self.convolution = convolution
    self.outputPositions = outputPositions
  }

  /// The settings of the convolution.
  public var settings: String { convolution.settings }

  /// `[samples, channels, positions…]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 2...2)
    let (input, weights) = (inputs[0], inputs[1])
    try convolution.requireWeights(weights, rank: input.rank)
    try require(
      input[1] == weights[0], "input \(input) does not match the outputs of weights \(weights)")
    let placements = try convolution.window.outputPositions(
      input: outputPositions, kernel: weights.positions)
    try require(
      placements == input.positions, "a result of \(outputPositions) has \(placements) placements")
    return Shape([input[0], weights[1] * convolution.groups] + outputPositions)
  }
}

extension TransposedConvolution: DifferentiableOperation {
  /// The adjoint of the adjoint is the convolution; the weights see the roles exchanged.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (input, weights, gradient) = (site.inputs[0], site.inputs[1], site.outputGradient)
    return [
      site.gradient(of: 0) { gradient.convolved(with: weights, convolution) },
      site.gradient(of: 1) {
        gradient.convolutionWeightGradient(input, convolution, kernel: weights.shape.positions)
      },
    ]
  }
}

extension Value {
  /// The adjoint of `convolution` applied to this value.
  public func transposedConvolved(
    with weights: Value, _ convolution: Convolution, outputPositions: [Int]
  ) -> Value {
    builder.apply(
      TransposedConvolution(convolution, outputPositions: outputPositions), [self, weights])
  }
}
