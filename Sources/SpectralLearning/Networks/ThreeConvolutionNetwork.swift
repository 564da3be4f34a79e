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

  /// The number of kernels of every convolution.
  public let channels: [Int]

  /// The taps of the kernels of every convolution, odd.
  public let kernels: [Int]

  /// Whether a batch norm stands before every rectifier.
  public let normalizes: Bool

  /// The share of averaged channels that training sets to zero.
  public let dropout: Float

  /// Creates a network; as many kernel lengths as channel counts.
  public init(
    channels: [Int] = [16, 32, 64], kernels: [Int] = [21, 11, 5], normalizes: Bool = true,
    dropout: Float = 0
  ) {
    precondition(channels.count == kernels.count, "a kernel length for every convolution")
    self.channels = channels
    self.kernels = kernels
    self.normalizes = normalizes
    self.dropout = dropout
  }

  /// Every setting with its value.
  public var settings: [String: String] {
    [
      "channels": channels.map(String.init).joined(separator: ","),
      "kernels": kernels.map(String.init).joined(separator: ","),
      "normalizes": "\(normalizes)", "dropout": "\(dropout)",
    ]
  }

  /// Convolution, batch norm and rectifier three times; average; linear layer `head`.
  public func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    var x = input
    for (index, (count, kernel)) in zip(channels, kernels).enumerated() {
      let number = index + 1
      x = network.convolution(
        x, outputs: count, kernel: kernel, hasBias: !normalizes, name: "conv\(number)")
      x =
        normalizes
        ? network.normalization(x, isRectified: true, name: "norm\(number)") : x.rectified
      network.graph.name(x, "features\(number)")
    }
    let features = network.dropout(
      network.globalAverage(x), rate: dropout, name: "dropout")
    return network.linear(features, outputs: outputs, name: "head")
  }

  /// The line in the catalog.
  static let entry = ArchitectureEntry(
    [
      ArchitectureParameter(
        name: "channels", summary: "kernels of every convolution", standard: "16,32,64"),
      ArchitectureParameter(
        name: "kernels", summary: "taps of every convolution's kernels, odd", standard: "21,11,5"),
      ArchitectureParameter(
        name: "normalizes", summary: "whether batch norms stand before rectifiers",
        standard: "true"),
      ArchitectureParameter(
        name: "dropout", summary: "share of averaged channels that training sets to zero",
        standard: "0"),
    ]
  ) { (settings) throws(LearningError) in
    let channels = try settings.counts("channels", 1...1024, count: 1...8)
    let kernels = try settings.counts(
      "kernels", 1...255, count: channels.count...channels.count)
    guard kernels.allSatisfy({ $0 % 2 == 1 }) else { throw settings.refusal("kernels", "odd") }
    return ThreeConvolutionNetwork(
      channels: channels, kernels: kernels, normalizes: try settings.flag("normalizes"),
      dropout: try settings.share("dropout"))
  }
}
