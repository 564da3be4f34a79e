public import TensorCore

/// How the first values of a parameter are found.
public enum Initialization: Sendable, Hashable {
  /// One number everywhere.
  case constant(Float)
  /// Normal with variance `2 / inputs`, for what a rectifier follows (He et al.).
  case he(inputs: Int)
  /// Uniform with variance `2 / (inputs + outputs)`, for what none follows (Glorot and Bengio).
  case glorot(inputs: Int, outputs: Int)
  /// What was learned before.
  case learned(Tensor)
}

/// A tensor that training changes.
public struct TrainableParameter: Sendable, Hashable {
  /// The name, unique in its network, such as `conv1.weight`.
  public let name: String

  /// The shape.
  public let shape: Shape

  /// How its first values are found.
  public let initialization: Initialization

  /// Whether weight decay shrinks it: weights yes, offsets and scales no.
  public let decays: Bool

  /// What the learning rate is multiplied with for it.
  public var rate: Float = 1

  /// Draws the first values.
  public func initialValues(using generator: inout SplitMix64) -> [Float] {
    let count = shape.elementCount
    switch initialization {
    case .constant(let number): return Array(repeating: number, count: count)
    case .learned(let tensor): return tensor.elements
    case .he(let inputs):
      let deviation = (2 / Float(max(inputs, 1))).squareRoot()
      return (0..<count).map { _ in deviation * generator.normal() }
    case .glorot(let inputs, let outputs):
      let limit = (6 / Float(max(inputs + outputs, 1))).squareRoot()
      return (0..<count).map { _ in limit * (2 * generator.uniform() - 1) }
    }
  }
}

/// A batch normalization of a network, whose statistics training keeps.
public struct NormalizationLayer: Sendable, Hashable {
  /// The name, unique in its network, such as `norm1`.
  public let name: String

  /// How many channels it normalizes.
  public let channelCount: Int

  /// How many numbers of a channel one sample has.
  public let valueCount: Int
}

/// Where numbers are set to zero at random during training.
public struct DropoutLayer: Sendable, Hashable {
  /// The name, unique in its network; the label of the input that the mask is given to.
  public let name: String

  /// The shape of the mask, samples first.
  public let shape: Shape

  /// The share of numbers that become zero, 0 up to but not including 1.
  public let rate: Float
}
