public import GraphIR
public import TensorCore

/// Correlates the input of a convolution with the gradient of its result.
///
/// Inputs: `[samples, channels, positions…]` and `[samples, outputs, placements…]`.
public struct ConvolutionWeightGradient: Operation {
  /// The printed name.
  public static let name = "convolutionWeightGradient"

  /// The convolution whose weights are differentiated.
  public let convolution: Convolution

  /// The taps of its kernels.
  public let kernel: [Int]

  /// Creates the operation.
  public init(_ convolution: Convolution, kernel: [Int]) {
    self.convolution = convolution
    self.kernel = kernel
  }

  /// The settings of the convolution.
  public var settings: String { convolution.settings }

  /// `[outputs, channels / groups, taps…]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 2...2)
    let (input, gradient) = (inputs[0], inputs[1])
    try require(
      input.rank >= 3 && gradient.rank == input.rank && input[0] == gradient[0],
      "input \(input) and gradient \(gradient) do not belong together")
    let groups = convolution.groups
    try require(
      groups >= 1 && input[1] % groups == 0 && gradient[1] % groups == 0,
      "channels of \(input) and \(gradient) do not fall into \(groups) groups")
    let placements = try convolution.window.outputPositions(
      input: input.positions, kernel: kernel)
    try require(placements == gradient.positions, "gradient \(gradient) needs \(placements)")
    return Shape([gradient[1], input[1] / groups] + kernel)
  }
}

extension ConvolutionWeightGradient: DifferentiableOperation {
  /// Bilinear: each input sees the gradient as weights.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (input, seed, gradient) = (site.inputs[0], site.inputs[1], site.outputGradient)
    return [
      site.gradient(of: 0) {
        seed.transposedConvolved(
          with: gradient, convolution, outputPositions: input.shape.positions)
      },
      site.gradient(of: 1) { input.convolved(with: gradient, convolution) },
    ]
  }
}

extension Value {
  /// The gradient of a convolution's weights, this value being the convolution's input.
  public func convolutionWeightGradient(
    _ outputGradient: Value, _ convolution: Convolution, kernel: [Int]
  ) -> Value {
    builder.apply(
      ConvolutionWeightGradient(convolution, kernel: kernel), [self, outputGradient])
  }
}
