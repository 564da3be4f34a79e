import Catalogs
package import GraphIR
import TensorCore

/// A residual network whose linear layer sees every position of every channel.
///
/// Because the head knows positions, 1D Grad-CAM and Grad-CAM differ here.
package struct ResidualNetwork: NetworkArchitecture {
  /// The name in the catalog.
  package static let id = "resnet-flatten"

  /// What the layers are.
  package static let summary = "residual blocks, all positions flattened, a linear layer"

  /// The convolutional part.
  package let layers: ResidualLayers

  /// Creates a network.
  package init(_ layers: ResidualLayers = ResidualLayers()) {
    self.layers = layers
  }

  /// Every setting with its value.
  package var settings: [String: String] { layers.settings }

  /// The convolutional part, flattened; linear layer `head`.
  package func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    let features = network.flattened(layers.build(input, in: network))
    return network.linear(features, outputs: outputs, name: "head")
  }

  /// The line in the catalog.
  static let entry = ArchitectureEntry(ResidualLayers.parameters) { settings in
    ResidualNetwork(ResidualLayers(settings))
  }
}

/// A residual network whose linear layer sees the mean of every channel.
package struct ResidualAverageNetwork: NetworkArchitecture {
  /// The name in the catalog.
  package static let id = "resnet-average"

  /// What the layers are.
  package static let summary = "residual blocks, global average pooling, a linear layer"

  /// The convolutional part.
  package let layers: ResidualLayers

  /// Creates a network.
  package init(_ layers: ResidualLayers = ResidualLayers()) {
    self.layers = layers
  }

  /// Every setting with its value.
  package var settings: [String: String] { layers.settings }

  /// Positions are averaged.
  package var averagesPositions: Bool { true }

  /// The convolutional part, averaged; linear layer `head`.
  package func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value {
    let features = network.globalAverage(layers.build(input, in: network))
    return network.linear(features, outputs: outputs, name: "head")
  }

  /// The line in the catalog.
  static let entry = ArchitectureEntry(ResidualLayers.parameters) { settings in
    ResidualAverageNetwork(ResidualLayers(settings))
  }
}
