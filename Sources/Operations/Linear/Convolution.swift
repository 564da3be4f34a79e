public import GraphIR
public import TensorCore

/// Slides a bank of kernels over an input (cross-correlation, as networks mean it).
///
/// Inputs: `[samples, channels, positions…]`; weights `[outputs, channels / groups, taps…]`; and
/// optionally a bias `[outputs]`.
public struct Convolution: Operation {
  /// The printed name.
  public static let name = "convolution"

  /// How the kernels slide.
  public let window: SlidingWindow

  /// Into how many independent groups the channels fall.
  public let groups: Int

  /// Creates a convolution.
  public init(window: SlidingWindow, groups: Int = 1) {
    self.window = window
    self.groups = groups
  }

  /// The window, and the groups when there is more than one.
  public var settings: String {
    groups == 1 ? "\(window)" : "\(window) groups \(groups)"
  }

  /// `[samples, outputs, placements…]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 2...3)
    let (input, weights) = (inputs[0], inputs[1])
    try requireWeights(weights, rank: input.rank)
    try require(
      input[1] == weights[1] * groups,
      "input \(input) does not have the \(weights[1] * groups) channels of weights \(weights)")
    if inputs.count == 3 {
      try require(
        inputs[2] == [weights[0]], "bias \(inputs[2]) does not match weights \(weights)")
    }
    let positions = try window.outputPositions(input: input.positions, kernel: weights.positions)
    return Shape([input[0], weights[0]] + positions)
  }

  /// Checks what the three kinds of convolution have in common.
  func requireWeights(_ weights: Shape, rank: Int) throws(GraphError) {
    try require(
      rank >= 3 && weights.rank == rank, "weights \(weights) do not fit an input of rank \(rank)")
    try require(
      (1...max(weights[0], 1)).contains(groups) && weights[0] % groups == 0,
      "\(weights[0]) outputs do not fall into \(groups) groups")
  }
}

extension Convolution: DifferentiableOperation {
  /// `∂x = Wᵀ g`, `∂W = x ⋆ g`, `∂b = Σ g`.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (input, weights, gradient) = (site.inputs[0], site.inputs[1], site.outputGradient)
    let summedAxes = [0] + Array(2..<gradient.shape.rank)
    return [
      site.gradient(of: 0) {
        gradient.transposedConvolved(with: weights, self, outputPositions: input.shape.positions)
      },
      site.gradient(of: 1) {
        input.convolutionWeightGradient(gradient, self, kernel: weights.shape.positions)
      },
      site.gradient(of: 2) {
        gradient.reduced(.sum, over: summedAxes).reshaped(to: [gradient.shape[1]])
      },
    ].prefix(site.inputs.count).map(\.self)
  }
}

extension Value {
  /// The convolution of this value with `weights`.
  public func convolved(
    with weights: Value, bias: Value? = nil, _ operation: Convolution
  ) -> Value {
    builder.apply(operation, [self, weights] + (bias.map { [$0] } ?? []))
  }
}
