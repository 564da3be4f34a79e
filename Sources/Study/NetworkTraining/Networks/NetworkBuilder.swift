public import GraphIR
import Operations
public import TensorCore

/// Builds the graph of a network, layer by layer, for training or for use.
///
/// One description serves all purposes: parameters are inputs of the graph while training and
/// constants afterwards; batch norms use the statistics of the batch while training and stored ones
/// afterwards; dropout is there while training only.
public final class NetworkBuilder {
  /// What the graph is for.
  public enum Purpose: Sendable {
    /// Parameters are inputs; batch norms use the batch.
    case training
    /// Parameters and stored statistics are inputs.
    case evaluation
    /// Parameters and stored statistics are constants.
    case inference(NetworkWeights)
  }

  /// The graph so far.
  public let graph = GraphBuilder()

  /// What the graph is for.
  public let purpose: Purpose

  /// The parameters so far, in the order in which layers asked for them.
  public private(set) var parameters: [TrainableParameter] = []

  /// The batch norms so far.
  public private(set) var normalizations: [NormalizationLayer] = []

  /// The dropouts so far.
  public private(set) var dropouts: [DropoutLayer] = []

  /// What stands before the names of layers and parameters.
  private var prefix = ""

  /// The number that batch norms add to variances.
  static let epsilon: Float = 1e-5

  private(set) var values: [String: Value] = [:]
  private(set) var moments: [Value] = []

  /// Starts an empty network.
  public init(_ purpose: Purpose) {
    self.purpose = purpose
  }

  /// Adds layers whose names, and those of their parameters, begin alike.
  ///
  /// - Parameters:
  ///   - prefix: What stands before the names.
  ///   - layers: Adds the layers.
  /// - Returns: What `layers` returns.
  func within(_ prefix: String, _ layers: () -> Value) -> Value {
    let outer = self.prefix
    self.prefix = outer + prefix
    defer { self.prefix = outer }
    return layers()
  }

  /// Gives the result of a layer its name.
  ///
  /// - Parameters:
  ///   - value: The result.
  ///   - name: The name of the layer.
  public func name(_ value: Value, _ name: String) {
    graph.name(value, prefix + name)
  }

  /// A parameter as a value of the graph.
  ///
  /// - Parameters:
  ///   - name: The name, unique in the network.
  ///   - shape: The shape.
  ///   - initialization: How its first values are found.
  ///   - decays: Whether weight decay shrinks it.
  ///   - rate: What the learning rate is multiplied with for it.
  /// - Returns: The parameter.
  public func parameter(
    _ name: String, _ shape: Shape, _ initialization: Initialization, decays: Bool = true,
    rate: Float = 1
  ) -> Value {
    let name = prefix + name
    parameters.append(
      TrainableParameter(
        name: name, shape: shape, initialization: initialization, decays: decays, rate: rate))
    let value = stored(name, shape)
    values[name] = value
    return value
  }

  private func stored(_ name: String, _ shape: Shape) -> Value {
    guard case .inference(let weights) = purpose else { return graph.input(name, shape: shape) }
    guard let tensor = weights.tensors[name], tensor.shape == shape else {
      graph.fail(
        GraphError(.unknownValue, "the weights lack \(name) of shape \(shape)"))
      return graph.constant(Tensor(shape: shape, repeating: 0))
    }
    return graph.constant(tensor)
  }

  private func isTraining() -> Bool {
    if case .training = purpose { true } else { false }
  }
}

extension NetworkBuilder {
  /// A convolution that keeps the axis (up to the stride), with weights `NAME.weight`.
  ///
  /// - Parameters:
  ///   - x: `[samples, channels, points]`.
  ///   - outputs: The number of kernels.
  ///   - kernel: The taps of a kernel, odd.
  ///   - stride: The distance between placements.
  ///   - hasBias: Whether a number per kernel is added; not needed before a batch norm.
  ///   - name: The name of the layer, which the result gets too.
  /// - Returns: `[samples, outputs, points / stride rounded up]`.
  public func convolution(
    _ x: Value, outputs: Int, kernel: Int, stride: Int = 1, hasBias: Bool = false, name: String
  ) -> Value {
    let channels = x.shape[1]
    let weights = parameter(
      name + ".weight", [outputs, channels, kernel], .he(inputs: channels * kernel))
    let bias =
      hasBias ? parameter(name + ".bias", [outputs], .constant(0), decays: false) : nil
    let window = SlidingWindow(
      rank: 1, strides: [stride], paddingBefore: [kernel / 2], paddingAfter: [kernel / 2])
    let result = x.convolved(with: weights, bias: bias, Convolution(window: window))
    self.name(result, name)
    return result
  }

  /// A batch norm with parameters `NAME.scale` and `NAME.shift`, rectified if asked.
  ///
  /// - Parameters:
  ///   - x: `[samples, channels, positions…]`.
  ///   - isRectified: Whether negative results become 0.
  ///   - name: The name of the layer, which the result gets too.
  /// - Returns: The same shape.
  public func normalization(_ x: Value, isRectified: Bool = false, name: String) -> Value {
    let channels = x.shape[1]
    let scale = parameter(name + ".scale", [channels], .constant(1), decays: false)
    let shift = parameter(name + ".shift", [channels], .constant(0), decays: false)
    normalizations.append(
      NormalizationLayer(
        name: prefix + name, channelCount: channels, valueCount: x.shape.positions.reduce(1, *)))
    let normalized: Value
    if isTraining() {
      moments.append(x.batchMoments)
      normalized = x.batchNormalized(
        scale: scale, shift: shift, BatchNormalization(epsilon: Self.epsilon))
    } else {
      let mean = stored(prefix + name + ".mean", [channels])
      let variance = stored(prefix + name + ".variance", [channels])
      let factor = scale / (variance + Self.epsilon).squareRoot
      let ones = [Int](repeating: 1, count: x.shape.rank - 2)
      let broadcast = Shape([1, channels] + ones)
      normalized =
        x * factor.reshaped(to: broadcast) + (shift - mean * factor).reshaped(to: broadcast)
    }
    let result = isRectified ? normalized.rectified : normalized
    self.name(result, name)
    return result
  }

  /// A linear layer with weights `NAME.weight` `[outputs, inputs]` and `NAME.bias`.
  ///
  /// - Parameters:
  ///   - x: `[samples, inputs]`.
  ///   - outputs: The number of results per sample.
  ///   - isRectified: Whether negative results become 0.
  ///   - beginsAtZero: Whether training starts with weights of zero: what the layer says is learned
  ///     then, and nothing is left of chance where weights are many and spectra few.
  ///   - name: The name of the layer, which the result gets too.
  /// - Returns: `[samples, outputs]`.
  public func linear(
    _ x: Value, outputs: Int, isRectified: Bool = false, beginsAtZero: Bool = false, name: String
  ) -> Value {
    let inputs = x.shape[1]
    let weights = parameter(
      name + ".weight", [outputs, inputs],
      beginsAtZero
        ? .constant(0)
        : isRectified ? .he(inputs: inputs) : .glorot(inputs: inputs, outputs: outputs))
    let bias = parameter(name + ".bias", [outputs], .constant(0), decays: false)
    let sum = x.product(weights, bias: bias, transposesRight: true)
    let result = isRectified ? sum.rectified : sum
    self.name(result, name)
    return result
  }

  /// The mean of every channel over the positions, `[samples, channels]`.
  public func globalAverage(_ x: Value) -> Value {
    x.mean(over: .positions).reshaped(to: [x.shape[0], x.shape[1]])
  }

  /// All numbers of a sample in a row, `[samples, numbers]`.
  public func flattened(_ x: Value) -> Value {
    x.reshaped(to: [x.shape[0], x.shape.extents.dropFirst().reduce(1, *)])
  }

  /// While training, some numbers set to zero and the others raised, so that the mean stays.
  ///
  /// - Parameters:
  ///   - x: Any shape, samples first.
  ///   - rate: The share of numbers that become zero, 0 up to but not including 1.
  ///   - name: The name of the layer and of the mask.
  /// - Returns: The same shape.
  public func dropout(_ x: Value, rate: Float, name: String) -> Value {
    guard isTraining(), rate > 0 else { return x }
    dropouts.append(DropoutLayer(name: prefix + name, shape: x.shape, rate: rate))
    return x * graph.input(prefix + name, shape: x.shape)
  }
}
