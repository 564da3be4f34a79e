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

  /// Reads the settings that `parameters` lists.
  init(_ settings: ArchitectureSettings) throws(LearningError) {
    let channels = try settings.counts("channels", 1...1024, count: 1...8)
    let kernels = try settings.counts(
      "kernels", 1...255, count: channels.count...channels.count)
    guard kernels.allSatisfy({ $0 % 2 == 1 }) else { throw settings.refusal("kernels", "odd") }
    self.init(channels: channels, kernels: kernels, normalizes: try settings.flag("normalizes"))
  }

  /// What can be set.
  static func parameters(channels: String, kernels: String) -> [ArchitectureParameter] {
    [
      ArchitectureParameter(
        name: "channels", summary: "kernels of every convolution", standard: channels),
      ArchitectureParameter(
        name: "kernels", summary: "taps of every convolution's kernels, odd", standard: kernels),
      ArchitectureParameter(
        name: "normalizes", summary: "whether batch norms stand before rectifiers",
        standard: "true"),
    ]
  }

  /// The settings as text.
  var settings: [String: String] {
    [
      "channels": channels.map(String.init).joined(separator: ","),
      "kernels": kernels.map(String.init).joined(separator: ","),
      "normalizes": "\(normalizes)",
    ]
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
      network.graph.name(x, "features\(number)")
    }
    return x
  }
}
