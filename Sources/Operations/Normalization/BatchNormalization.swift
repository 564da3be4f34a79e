public import GraphIR
public import TensorCore

/// Normalizes every channel by its own mean and variance over the samples and positions of a batch
/// (training only; at inference the same is an affine map with stored statistics).
///
/// Inputs: `x` `[samples, channels, positions…]`, scale `γ` `[channels]` and shift `β` `[channels]`.
/// The result is `γ · (x − mean) / √(variance + ε) + β`, with the biased variance.
public struct BatchNormalization: Operation {
  /// The printed name.
  public static let name = "batchNormalization"

  /// The number `ε` that is added to variances.
  public let epsilon: Float

  /// Creates a normalization.
  public init(epsilon: Float = 1e-5) {
    self.epsilon = epsilon
  }

  /// The number `ε`.
  public var settings: String { "epsilon \(epsilon)" }

  /// The shape of `x`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 3...3)
    try requireChannels(inputs)
    return inputs[0]
  }

  /// Checks `x`, scale and shift.
  func requireChannels(_ inputs: [Shape]) throws(GraphError) {
    let x = inputs[0]
    try require(
      x.rank >= 3 && x.elementCount > 0, "\(x) is not [samples, channels, positions…] with values")
    try require(
      inputs[1] == [x[1]] && inputs[2] == [x[1]],
      "scale \(inputs[1]) and shift \(inputs[2]) do not have the \(x[1]) channels of \(x)")
  }
}

extension BatchNormalization: DifferentiableOperation {
  /// With `g` the gradient of the result and `x̂` the normalized input:
  /// `∂β = Σ g`, `∂γ = Σ g x̂`, and `∂x` by `BatchNormalizationGradient`.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let builder = site.output.builder
    let operands = site.inputs + [site.outputGradient]
    let channels = site.inputs[1].shape[0]
    let sums = builder.apply(BatchNormalizationSums(self), operands)
    func row(_ index: Int) -> Value {
      builder.apply(Slice(starts: [index, 0], counts: [1, channels]), [sums])
        .reshaped(to: [channels])
    }
    return [
      site.gradient(of: 0) { builder.apply(BatchNormalizationGradient(self), operands) },
      site.gradient(of: 1) { row(1) },
      site.gradient(of: 2) { row(0) },
    ]
  }
}

/// The mean and the biased variance of every channel over samples and positions, `[2, channels]`.
public struct BatchMoments: Operation {
  /// The printed name.
  public static let name = "batchMoments"

  /// Creates the operation.
  public init() {}

  /// `[2, channels]`: means first, then variances.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    let x = inputs[0]
    try require(
      x.rank >= 3 && x.elementCount > 0, "\(x) is not [samples, channels, positions…] with values")
    return [2, x[1]]
  }
}

extension BatchMoments: DifferentiableOperation {
  /// The gradient `g₀ / n + 2 (x − mean) g₁ / n` with `n` the numbers of a channel.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (x, builder) = (site.inputs[0], site.output.builder)
    let count = Float(x.shape.elementCount / x.shape[1])
    let ones = [Int](repeating: 1, count: x.shape.rank - 2)
    func row(_ value: Value, _ index: Int) -> Value {
      builder.apply(Slice(starts: [index, 0], counts: [1, x.shape[1]]), [value])
        .reshaped(to: Shape([1, x.shape[1]] + ones))
    }
    return [
      site.gradient(of: 0) {
        let gradient = site.outputGradient * (1 / count)
        return row(gradient, 0) + (x - row(site.output, 0)) * (2 * row(gradient, 1))
      }
    ]
  }
}

/// What a batch normalization passes back to its shift and scale, `[2, channels]`.
///
/// Inputs: those of the normalization and the gradient `g` of its result. With `x̂` the normalized
/// input: `Σ g` first, then `Σ g x̂`. It has no gradient and no ONNX form.
public struct BatchNormalizationSums: Operation {
  /// The printed name.
  public static let name = "batchNormalizationSums"

  /// The normalization.
  public let normalization: BatchNormalization

  /// Creates the operation.
  public init(_ normalization: BatchNormalization) {
    self.normalization = normalization
  }

  /// The settings of the normalization.
  public var settings: String { normalization.settings }

  /// `[2, channels]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 4...4)
    try normalization.requireChannels(inputs)
    try require(inputs[3] == inputs[0], "gradient \(inputs[3]) should be \(inputs[0])")
    return [2, inputs[0][1]]
  }
}

/// What a batch normalization passes back to its input.
///
/// Inputs: those of the normalization and the gradient `g` of its result. With `x̂` the normalized
/// input and means over samples and positions:
/// `γ / √(variance + ε) · (g − mean g − x̂ · mean(g x̂))`. It has no gradient and no ONNX form.
public struct BatchNormalizationGradient: Operation {
  /// The printed name.
  public static let name = "batchNormalizationGradient"

  /// The normalization.
  public let normalization: BatchNormalization

  /// Creates the operation.
  public init(_ normalization: BatchNormalization) {
    self.normalization = normalization
  }

  /// The settings of the normalization.
  public var settings: String { normalization.settings }

  /// The shape of the input of the normalization.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    _ = try BatchNormalizationSums(normalization).outputShape(for: inputs)
    return inputs[0]
  }
}

extension Value {
  /// The value with every channel normalized over the batch; scale and shift are `[channels]`.
  public func batchNormalized(
    scale: Value, shift: Value, _ operation: BatchNormalization = BatchNormalization()
  ) -> Value {
    builder.apply(operation, [self, scale, shift])
  }

  /// The mean and the biased variance of every channel over the batch, `[2, channels]`.
  public var batchMoments: Value { builder.apply(BatchMoments(), [self]) }
}
