import Catalogs
package import GraphIR
import Operations
import TensorCore

/// The inception network of DeepSpectra (Zhang et al., 2019): one convolution, four branches of
/// different width side by side, a hidden linear layer.
package struct InceptionNetwork: NetworkArchitecture {
  /// The name in the catalog.
  package static let id = "deepspectra"

  /// What the layers are.
  package static let summary =
    "a strided convolution, four inception branches, a hidden linear layer with dropout"

  /// The kernels of the first convolution.
  package let stem: Int

  /// The kernels of every branch.
  package let branch: Int

  /// The width of the hidden linear layer.
  package let hidden: Int

  /// The share of hidden numbers that training sets to zero.
  package let dropout: Float

  /// Creates a network.
  package init(stem: Int = 8, branch: Int = 4, hidden: Int = 16, dropout: Float = 0.2) {
    self.stem = stem
    self.branch = branch
    self.hidden = hidden
    self.dropout = dropout
  }

  /// Every setting with its value.
  package var settings: [String: String] {
    [String: String](
      Self.stem.named(stem), Self.branch.named(branch), Self.hidden.named(hidden),
      Self.dropout.named(dropout))
  }

  /// Convolution of 7 taps and stride 3; branches 1, 1→3, 1→5 and pool→1 with stride 2, joined;
  /// flattened; linear layers `hidden` and `head`.
  package func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    let x = activated(input, stem, 7, stride: 3, name: "stem", network)
    let one = activated(x, branch, 1, stride: 2, name: "branch1", network)
    let narrow = activated(
      activated(x, branch, 1, name: "branch2a", network), branch, 3, stride: 2, name: "branch2b",
      network)
    let wide = activated(
      activated(x, branch, 1, name: "branch3a", network), branch, 5, stride: 2, name: "branch3b",
      network)
    let pooled = activated(pool(x), branch, 1, stride: 2, name: "branch4", network)
    let joined = Value.concatenated([one, narrow, wide, pooled], axis: 1)
    network.name(joined, "inception")
    let hidden = network.linear(
      network.flattened(joined), outputs: hidden, isRectified: true, name: "hidden")
    return network.linear(
      network.dropout(hidden, rate: dropout, name: "dropout"), outputs: outputs, name: "head")
  }

  private func activated(
    _ x: Value, _ outputs: Int, _ kernel: Int, stride: Int = 1, name: String,
    _ network: NetworkBuilder
  ) -> Value {
    let sum = network.convolution(
      x, outputs: outputs, kernel: kernel, stride: stride, hasBias: true, name: name)
    // The leaky rectifier max(x, 0.01 x).
    return sum.maximum(sum * 0.01)
  }

  private func pool(_ x: Value) -> Value {
    let window = SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1])
    return x.builder.apply(MaxPooling(PoolingWindow(kernel: [3], window: window)), [x])
  }

  private static let stem = Parameter(
    "stem", "kernels of the first convolution", standard: 8, .whole(1...1024))
  private static let branch = Parameter(
    "branch", "kernels of every branch", standard: 4, .whole(1...1024))
  private static let hidden = Parameter(
    "hidden", "width of the hidden linear layer", standard: 16, .whole(1...4096))
  private static let dropout = Parameter(
    "dropout", "share of hidden numbers that training sets to zero", standard: 0.2, .share)

  /// The line in the catalog.
  static let entry = ArchitectureEntry([stem, branch, hidden, dropout]) { settings in
    InceptionNetwork(
      stem: settings[stem], branch: settings[branch], hidden: settings[hidden],
      dropout: settings[dropout])
  }
}
