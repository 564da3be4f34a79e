import Catalogs
public import GraphIR
import Operations
import TensorCore

/// Three convolutions along the axis, global average pooling, and a linear layer.
///
/// Nothing is pooled before the average, so class activation maps have the resolution of the
/// spectrum (Zhang et al., Anal. Chim. Acta 1119 (2020) 41; sizes by our own choice).
public struct ThreeConvolutionNetwork: NetworkArchitecture {
  /// The name in the catalog.
  public static let id = "three-convolutions"

  /// What the layers are.
  public static let summary =
    "three convolutions that keep the axis, global average pooling, a linear layer"

  private let stack: ConvolutionStack

  /// The share of averaged channels that training sets to zero.
  public let dropout: Float

  /// Creates a network.
  ///
  /// - Parameters:
  ///   - channels: The number of kernels of every convolution.
  ///   - kernels: The taps of the kernels of every convolution, odd; as many as channels.
  ///   - normalizes: Whether a batch norm stands before every rectifier.
  ///   - dropout: The share of the linear layer's inputs that training sets to zero.
  public init(
    channels: [Int] = [16, 32, 64], kernels: [Int] = [21, 11, 5], normalizes: Bool = true,
    dropout: Float = 0
  ) {
    self.init(
      ConvolutionStack(channels: channels, kernels: kernels, normalizes: normalizes),
      dropout: dropout)
  }

  private init(_ stack: ConvolutionStack, dropout: Float) {
    self.stack = stack
    self.dropout = dropout
  }

  /// Every setting with its value.
  public var settings: [String: String] {
    stack.settings.merging([Self.dropout.named(dropout)]) { first, _ in first }
  }

  /// Positions are averaged.
  public var averagesPositions: Bool { true }

  /// Convolution, batch norm and rectifier three times; average; linear layer `head`.
  public func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    let x = network.globalAverage(stack.build(input, in: network))
    let features = network.dropout(x, rate: dropout, name: "dropout")
    return network.linear(features, outputs: outputs, name: "head")
  }

  private static let dropout = Parameter(
    "dropout", "share of averaged channels that training sets to zero", standard: 0, .share)

  /// The line in the catalog.
  static let entry = ArchitectureEntry(
    ConvolutionStack.parameters(channels: [16, 32, 64]) + [dropout]
  ) { (settings) throws(SettingsError) in
    ThreeConvolutionNetwork(try ConvolutionStack(settings, of: id), dropout: settings[dropout])
  }
}
