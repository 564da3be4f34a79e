public import Foundation
import GraphIR
import ONNXFormat

/// What a file says about a trained network beyond its layers.
public struct NetworkDescription: Sendable, Hashable {
  /// The names of the classes, in order; empty for regression.
  public var labels: [String] = []

  /// What is measured, such as `protein %`; for regression.
  public var targetName: String?

  /// The unit of the spectral axis: `cm-1`, `raman`, `nm`, `um` or `index`.
  public var axisUnit: String?

  /// The positions of the axis in that unit, one per point.
  public var axisPositions: [Double] = []

  /// How spectra are prepared before the network sees them, in the words of whoever prepared them.
  public var preprocessing: String?

  /// Further texts by key, such as a record of the training.
  public var records: [String: String] = [:]

  /// Says nothing.
  public init() {}

  /// The properties of the file: `vitrine` holds what explanations read, as a JSON object.
  var metadata: [String: String] {
    var object: [String: Any] = [:]
    if !labels.isEmpty { object["labels"] = labels }
    if !axisPositions.isEmpty { object["axis"] = axisPositions }
    object["axis_unit"] = axisUnit
    object["target"] = targetName
    object["preprocessing"] = preprocessing
    let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    var metadata = records
    metadata["vitrine"] = data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return metadata
  }
}

extension TrainedNetwork {
  /// The network as an ONNX file for any number of spectra, `[samples, 1, points]`.
  ///
  /// - Parameters:
  ///   - description: What the file says besides the layers.
  ///   - output: What the network gives, and the name of the output.
  /// - Returns: The bytes of the file.
  /// - Throws: `LearningError` when labels or axis do not fit the network; `GraphError` or
  ///   `ONNXError` when it cannot be written.
  public func onnx(
    _ description: NetworkDescription = NetworkDescription(), output: Output = .probabilities
  ) throws -> Data {
    try writer(description).bytes(of: graph(sampleCount: 1, output: output))
  }

  /// Writes the network to an ONNX file, which appears, or is replaced, only when it is complete.
  ///
  /// - Parameters:
  ///   - url: Where.
  ///   - description: What the file says besides the layers.
  ///   - output: What the network gives, and the name of the output.
  /// - Throws: As `onnx`.
  public func write(
    to url: URL, _ description: NetworkDescription = NetworkDescription(),
    output: Output = .probabilities
  ) throws {
    try writer(description).write(graph(sampleCount: 1, output: output), to: url)
  }

  private func writer(_ description: NetworkDescription) throws(LearningError) -> ONNXWriter {
    let labels = description.labels.count
    guard labels == 0 || labels == task.outputCount else {
      throw LearningError(
        .invalidSetting, "\(labels) labels do not fit \(task.outputCount) outputs")
    }
    let positions = description.axisPositions
    guard positions.isEmpty || positions.count == pointCount, positions.allSatisfy(\.isFinite)
    else {
      throw LearningError(
        .invalidSetting,
        "an axis of \(positions.count) positions does not fit \(pointCount) points")
    }
    return ONNXWriter(
      metadata: description.metadata, graphName: type(of: architecture).id, sampleAxis: "samples")
  }
}
