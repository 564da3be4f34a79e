public import GraphIR

/// The layers of a network for spectra, with their settings.
///
/// Its graph takes `[samples, 1, points]` and gives `[samples, outputs]`: one score per class before
/// any softmax, or one number per measured value.
public protocol NetworkArchitecture: Sendable, Hashable {
  /// The name in the catalog, such as `three-convolutions`.
  static var id: String { get }

  /// What the layers are, in one sentence.
  static var summary: String { get }

  /// The settings in the catalog's terms: every name with its value.
  var settings: [String: String] { get }

  /// The learning rate that it is usually trained with, at its highest.
  var usualLearningRate: Float { get }

  /// Whether positions are averaged before the last linear layer, which then knows what shapes occur but
  /// not where.
  var averagesPositions: Bool { get }

  /// Adds the layers.
  ///
  /// - Parameters:
  ///   - input: `[samples, 1, points]`.
  ///   - outputs: The number of results per sample.
  ///   - network: Where layers are added.
  /// - Returns: `[samples, outputs]`.
  func build(_ input: Value, outputs: Int, in network: NetworkBuilder) -> Value
}

extension NetworkArchitecture {
  /// The learning rate of networks that average over positions.
  public var usualLearningRate: Float { 0.02 }

  /// Positions are kept.
  public var averagesPositions: Bool { false }
}
