public import Explanations
import Foundation
import GraphRewriting
import TensorCore

/// Lists what is in a network.
public struct InspectWorkflow: Sendable {
  /// The network.
  public var model: ModelSettings

  /// Creates settings.
  public init(model: ModelSettings) {
    self.model = model
  }

  /// One layer of a network.
  public struct LayerEntry: Codable, Hashable, Sendable {
    /// The place in the file; it can stand for the name.
    public let index: Int

    /// The name of the value.
    public let name: String

    /// The operator that computes it.
    public let operatorType: String

    /// The shape of one sample.
    public let shape: [Int]

    /// Where its grid lies over the input, one per axis of positions; nil without a grid.
    public let receptiveField: [ReceptiveField]?

    /// How many numbers it has learned.
    public let parameterCount: Int

    /// Floating-point operations for one sample.
    public let operationCount: Int

    /// Whether a map can be made of it.
    public let isMappable: Bool

    /// Whether maps are made of it when none is named.
    public let isDefault: Bool
  }

  /// One input of a network.
  public struct InputEntry: Codable, Hashable, Sendable {
    /// The name in the file.
    public let name: String

    /// The shape of one sample, `[channels, positions…]`.
    public let shape: [Int]

    /// The shape of one sample as the file has it.
    public let fileShape: [Int]
  }

  /// One output of a network.
  public struct OutputEntry: Codable, Hashable, Sendable {
    /// The name in the file.
    public let name: String

    /// The shape in the file, for one sample.
    public let shape: [Int]

    /// What the numbers are.
    public let role: NetworkOutput.Role

    /// What stands between the raw scores and the output; `none` where nothing does.
    public let activation: String

    /// How many classes there are, or numbers at one position.
    public let classCount: Int

    /// The extents of the grid of positions; empty where there is none.
    public let positions: [Int]

    init(_ output: NetworkOutput) {
      name = output.name
      shape = output.shape.extents
      role = output.role
      activation = output.activation.rawValue
      classCount = output.classCount
      positions = output.positions
    }
  }

  /// A network as a table.
  public struct Result: Codable, Sendable {
    /// The network's file.
    public let model: String

    /// The inputs.
    public let inputs: [InputEntry]

    /// The number of samples that the file insists on.
    public let fixedBatch: Int?

    /// All outputs, in the order of the file.
    public let outputs: [OutputEntry]

    /// The name of the output that is explained.
    public let output: String

    /// How many scores that has; at each position where it has positions.
    public let scoreCount: Int

    /// How many labels are known.
    public let labelCount: Int

    /// What stands behind the raw scores: `none`, `softmax`, `logSoftmax`, `logistic`, or
    /// `probabilities` where something else makes those.
    public let activation: String

    /// What is known about preprocessing, by key.
    public let preprocessing: [String: String]

    /// Where each of these, and the labels, come from, by key.
    public let origins: [String: String]

    /// The layers in the order of the file.
    public let layers: [LayerEntry]

    /// The parameters of all layers.
    public let parameterCount: Int

    /// The floating-point operations of all layers, one sample.
    public let operationCount: Int
  }

  /// Reads the network.
  ///
  /// - Returns: The table.
  /// - Throws: What is wrong with the file.
  public func run() throws -> Result {
    let network = try model.load()
    let layers = network.layers.enumerated().map { index, layer in
      LayerEntry(
        index: index, name: layer.name, operatorType: layer.operatorType,
        shape: layer.shape.extents, receptiveField: layer.receptiveFields,
        parameterCount: layer.parameterCount, operationCount: layer.operationCount,
        isMappable: layer.isMappable, isDefault: layer.isDefault)
    }
    return Result(
      model: model.path,
      inputs: network.inputs.map {
        InputEntry(
          name: $0.name, shape: $0.shape.extents, fileShape: $0.fileShape.extents)
      }, fixedBatch: network.fixedBatch,
      outputs: network.outputs.map(OutputEntry.init), output: network.output.name,
      scoreCount: network.scoreCount, labelCount: network.information.labels?.count ?? 0,
      activation: network.activation.rawValue, preprocessing: Self.entries(network.information),
      origins: Self.origins(network.information),
      layers: layers, parameterCount: layers.reduce(0) { $0 + $1.parameterCount },
      operationCount: layers.reduce(0) { $0 + $1.operationCount })
  }

  private static func origins(_ information: ModelInformation) -> [String: String] {
    let names: [ModelInformation.Entry: String] = [
      .resizeShortSide: "short side", .axis: "axis",
    ]
    let pairs = information.origins.map { entry, origin in
      (
        names[entry] ?? entry.rawValue.replacingOccurrences(of: "_", with: " "),
        origin.description
      )
    }
    return Dictionary(pairs) { first, _ in first }
  }

  private static func entries(_ information: ModelInformation) -> [String: String] {
    func list(_ values: [Float]) -> String {
      values.count > 4 ? "\(values.count) values" : values.map { "\($0)" }.joined(separator: ", ")
    }
    let entries: [String: String?] = [
      "preset": information.preset, "color": information.color,
      "mean": information.mean.map(list), "padding": information.padding.map(String.init),
      "input size": information.inputSize.map { $0.map(String.init).joined(separator: "×") },
      "scale": information.scale.map(list),
      "value range": information.isUnitRange.map { $0 ? "0…1" : "0…255" },
      "short side": information.resizeShortSide.map(String.init),
      "center crop": information.centerCrop.map(String.init),
      "interpolation": information.interpolation,
      "preprocessing": information.preprocessing.map { text in
        information.preprocessingSteps == nil
          ? text
          : text + " (with what it learned"
            + (information.isPreparedInGraph ? ", computed in the file)" : ")")
      } ?? information.preprocessingSteps.map { _ in "steps with what they learned" },
      "axis unit": information.axisUnit, "ordinate": information.ordinate,
      "axis": information.axisPositions.map { "\($0.count) positions" },
      "target": information.targetName,
    ]
    return entries.compactMapValues(\.self)
  }
}
