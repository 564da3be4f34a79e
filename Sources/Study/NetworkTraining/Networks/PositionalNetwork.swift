import Catalogs
public import GraphIR
import Operations
import TensorCore

/// Three small convolutions along the axis, and a linear layer over every channel at every position.
///
/// Where global averaging asks which shapes occur anywhere, this asks what is where, as chemistry
/// does. The linear layer begins at zero, so that it holds only what the spectra taught it: with a
/// hundred spectra that decides between a good network and a poor one. Gradient times activation at
/// `features3` adds up to the score exactly, less the bias and what a linear path beside the layers says
/// (1D Grad-CAM is complete here).
public struct PositionalNetwork: NetworkArchitecture {
  /// The name in the catalog.
  public static let id = "positional"

  /// What the layers are.
  public static let summary =
    "three small convolutions that keep the axis, a linear layer over all positions"

  private let stack: ConvolutionStack

  /// The share of the linear layer's inputs that training sets to zero.
  public let dropout: Float

  /// Creates a network.
  ///
  /// - Parameters:
  ///   - channels: The number of kernels of every convolution.
  ///   - kernels: The taps of the kernels of every convolution, odd; as many as channels.
  ///   - normalizes: Whether a batch norm stands before every rectifier.
  ///   - dropout: The share of the linear layer's inputs that training sets to zero.
  public init(
    channels: [Int] = [8, 8, 8], kernels: [Int] = [21, 11, 5], normalizes: Bool = true,
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

  /// Lower than where positions are averaged: a layer of thousands of weights learns fast.
  public var usualLearningRate: Float { 0.003 }

  /// Convolution, batch norm and rectifier three times; linear layer `head`.
  public func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    let x = network.flattened(stack.build(input, in: network))
    let features = network.dropout(x, rate: dropout, name: "dropout")
    return network.linear(features, outputs: outputs, beginsAtZero: true, name: "head")
  }

  private static let dropout = Parameter(
    "dropout", "share of the linear layer's inputs that training sets to zero", standard: 0, .share)

  /// The line in the catalog.
  static let entry = ArchitectureEntry(
    ConvolutionStack.parameters(channels: [8, 8, 8]) + [dropout]
  ) { (settings) throws(SettingsError) in
    PositionalNetwork(try ConvolutionStack(settings, of: id), dropout: settings[dropout])
  }
}
