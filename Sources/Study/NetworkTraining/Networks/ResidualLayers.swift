import Catalogs
import GraphIR
import Operations
import TensorCore

/// The convolutional part of a residual network for spectra: a stem and stages of basic blocks.
///
/// The sizes are those of the network for Raman spectra of bacteria by Ho et al. (Nat. Commun. 10
/// (2019) 4927): stem of 64 kernels, six stages of 100 channels, two blocks each, 5 taps, the first
/// stage at full resolution and each later one at half that of the one before.
package struct ResidualLayers: Sendable, Hashable {
  /// The kernels of the first convolution.
  package let stem: Int

  /// The channels of every stage.
  package let stages: [Int]

  /// How many blocks a stage has.
  package let blockCount: Int

  /// The taps of all kernels but those of shortcuts, odd.
  package let kernel: Int

  /// Creates layers.
  package init(
    stem: Int = 64, stages: [Int] = Array(repeating: 100, count: 6), blockCount: Int = 2,
    kernel: Int = 5
  ) {
    self.stem = stem
    self.stages = stages
    self.blockCount = blockCount
    self.kernel = kernel
  }

  /// Every setting with its value.
  var settings: [String: String] {
    [String: String](
      Self.stem.named(stem), Self.stages.named(stages), Self.blocks.named(blockCount),
      Self.kernel.named(kernel))
  }

  /// Adds the layers; the result is `[samples, channels, positions]`.
  func build(_ input: Value, in network: NetworkBuilder) -> Value {
    var x = network.convolution(input, outputs: stem, kernel: kernel, name: "stem.conv")
    x = network.normalization(x, isRectified: true, name: "stem.norm")
    network.name(x, "stem")
    for (index, channels) in stages.enumerated() {
      for block in 0..<blockCount {
        let stride = index > 0 && block == 0 ? 2 : 1
        let name = "stage\(index + 1).block\(block + 1)"
        x = self.block(x, channels, stride: stride, name: name, network)
      }
      network.name(x, "stage\(index + 1)")
    }
    return x
  }

  /// The value `rectify(norm(conv(rectify(norm(conv x)))) + shortcut x)`.
  private func block(
    _ x: Value, _ channels: Int, stride: Int, name: String, _ network: NetworkBuilder
  ) -> Value {
    var y = network.convolution(
      x, outputs: channels, kernel: kernel, stride: stride, name: name + ".conv1")
    y = network.normalization(y, isRectified: true, name: name + ".norm1")
    y = network.convolution(y, outputs: channels, kernel: kernel, name: name + ".conv2")
    y = network.normalization(y, name: name + ".norm2")
    var shortcut = x
    if stride != 1 || x.shape[1] != channels {
      shortcut = network.convolution(
        x, outputs: channels, kernel: 1, stride: stride, name: name + ".shortcut")
      shortcut = network.normalization(shortcut, name: name + ".shortcutNorm")
    }
    return (y + shortcut).rectified
  }

  private static let stem = Parameter(
    "stem", "kernels of the first convolution", standard: 64, .whole(1...1024))
  private static let stages = Parameter(
    "stages", "channels of every stage", standard: Array(repeating: 100, count: 6),
    .wholes(1...1024, count: 1...10))
  private static let blocks = Parameter(
    "blocks", "blocks of every stage", standard: 2, .whole(1...8))
  private static let kernel = Parameter(
    "kernel", "taps of the kernels, odd", standard: 5, .odd(1...255))

  /// What can be set.
  static let parameters: [any ParameterDescription] = [stem, stages, blocks, kernel]

  /// Reads settings.
  init(_ settings: Settings) {
    self.init(
      stem: settings[Self.stem], stages: settings[Self.stages],
      blockCount: settings[Self.blocks], kernel: settings[Self.kernel])
  }
}
