import Catalogs
import GraphIR
import Operations

/// Convolutions that keep the axis, each with a batch norm, if any, and a rectifier behind it.
struct ConvolutionStack: Hashable, Sendable {
  let channels: [Int]
  let kernels: [Int]
  let normalizes: Bool

  init(channels: [Int], kernels: [Int], normalizes: Bool) {
    precondition(channels.count == kernels.count, "a kernel length for every convolution")
    self.channels = channels
    self.kernels = kernels
    self.normalizes = normalizes
  }

  private static let channels = Parameter(
    "channels", "kernels of every convolution", standard: nil, .wholes(1...1024, count: 1...8))
  private static let kernels = Parameter(
    "kernels", "taps of every convolution's kernels, odd", standard: [21, 11, 5],
    .odds(1...255, count: 1...8))
  private static let normalizes = Parameter(
    "normalizes", "whether batch norms stand before rectifiers", standard: true)

  /// What can be set.
  static func parameters(channels standard: [Int]) -> [any ParameterDescription] {
    [channels.with(standard: standard), kernels, normalizes]
  }

  /// Reads the settings that `parameters` lists, which `owner` was given.
  init(_ settings: Settings, of owner: String) throws(SettingsError) {
    let (channels, kernels) = (settings[Self.channels], settings[Self.kernels])
    guard channels.count == kernels.count else {
      throw SettingsError(
        "\(owner): kernels is one number for each of channels, \(channels.count), not "
          + "\(kernels.count)")
    }
    self.init(channels: channels, kernels: kernels, normalizes: settings[Self.normalizes])
  }

  /// The settings as text.
  var settings: [String: String] {
    [String: String](
      Self.channels.named(channels), Self.kernels.named(kernels),
      Self.normalizes.named(normalizes))
  }

  /// Adds the layers; the result of each is called `features1`, `features2`….
  func build(_ input: Value, in network: NetworkBuilder) -> Value {
    var x = input
    for (index, (count, kernel)) in zip(channels, kernels).enumerated() {
      let number = index + 1
      x = network.convolution(
        x, outputs: count, kernel: kernel, hasBias: !normalizes, name: "conv\(number)")
      x =
        normalizes
        ? network.normalization(x, isRectified: true, name: "norm\(number)") : x.rectified
      network.name(x, "features\(number)")
    }
    return x
  }
}
