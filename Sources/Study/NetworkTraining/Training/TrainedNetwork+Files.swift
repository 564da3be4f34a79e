package import Foundation
import GraphExecution
import GraphIR
import ONNXFormat
package import SpectralData
import TensorCore

/// What a file says about a trained network beyond its layers.
package struct NetworkDescription: Sendable {
  /// The names of the classes, in order; empty for regression.
  package var labels: [String] = []

  /// What is measured, such as `protein %`; for regression.
  package var targetName: String?

  /// The unit of the spectral axis: `cm-1`, `raman`, `nm`, `um` or `index`.
  package var axisUnit: String?

  /// What the values of the training spectra were; nil when that is not known.
  package var ordinate: Ordinate?

  /// The positions of the training spectra in that unit, before they were prepared.
  package var axisPositions: [Double] = []

  /// How spectra are prepared before the network sees them, as `PreprocessingPipeline` writes it;
  /// nil stands for the text of `fittedPreprocessing`.
  package var preprocessing: String?

  /// The same with what the steps learned from the training spectra, so that whoever reads the file
  /// can prepare spectra alike.
  package var fittedPreprocessing: FittedPreprocessingPipeline?

  /// How the evidence of the network is taken, as explanations read it.
  package var evidence: (any Encodable & Sendable)?

  /// Further texts by key, such as a record of the training.
  package var records: [String: String] = [:]

  /// Says nothing.
  package init() {}

  /// Takes the axis of training spectra.
  ///
  /// - Parameter axis: The positions before the spectra were prepared.
  package mutating func take(_ axis: SpectralAxis) {
    axisPositions = axis.positions
    axisUnit = axis.unit.option
  }

  /// What explanations read.
  private struct Content: Encodable {
    let labels: [String]?
    let axis: [Double]?
    let axisUnit: String?
    let ordinate: Ordinate?
    let target: String?
    let preprocessing: String?
    let steps: FittedPreprocessingPipeline?
    let prepared: String?
    let evidence: Evidence?

    enum CodingKeys: String, CodingKey {
      case labels
      case axis
      case axisUnit = "axis_unit"
      case ordinate
      case target
      case preprocessing
      case steps = "preprocessing_steps"
      case prepared
      case evidence
    }
  }

  /// What is written of the evidence, whatever it is.
  private struct Evidence: Encodable {
    let value: any Encodable & Sendable

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }

  /// The properties of the file: `vitrine` holds what explanations read, as a JSON object.
  ///
  /// - Parameter isPrepared: Whether the graph of the file prepares spectra.
  /// - Returns: The texts by their keys.
  /// - Throws: `LearningError` when a number is not finite.
  func metadata(isPrepared: Bool) throws(LearningError) -> [String: String] {
    let content = Content(
      labels: labels.isEmpty ? nil : labels, axis: axisPositions.isEmpty ? nil : axisPositions,
      axisUnit: axisUnit, ordinate: ordinate, target: targetName,
      preprocessing: preprocessing ?? fittedPreprocessing?.description, steps: fittedPreprocessing,
      prepared: isPrepared ? TrainedNetwork.preparedName : nil,
      evidence: evidence.map(Evidence.init))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var metadata = records
    do {
      metadata["vitrine"] = String(decoding: try encoder.encode(content), as: UTF8.self)
    } catch {
      throw LearningError(
        .invalidSetting, "the preprocessing, the axis or a mean holds a number that is not finite")
    }
    return metadata
  }

  /// The number of points of a spectrum after preparation; nil when the axis says nothing about it.
  func preparedPointCount() throws(LearningError) -> Int? {
    guard !axisPositions.isEmpty else { return nil }
    guard let fittedPreprocessing else { return axisPositions.count }
    do {
      return try fittedPreprocessing.axis(after: axis()).count
    } catch {
      throw LearningError(.invalidSetting, "axis and preprocessing do not go together: \(error)")
    }
  }

  /// The preparation of one spectrum as a graph.
  ///
  /// - Returns: Nil where nothing is prepared, or a step has no form in a graph.
  /// - Throws: `SpectrumError` when axis and steps do not go together; `GraphError`.
  func preparation() throws -> Graph? {
    guard let fittedPreprocessing, !fittedPreprocessing.steps.isEmpty, !axisPositions.isEmpty
    else { return nil }
    return try fittedPreprocessing.graph(
      on: axis(), samples: 1, input: TrainedNetwork.inputName,
      output: TrainedNetwork.preparedName)
  }

  /// What an output of measured values is called: as what is measured, without blanks, and never as an
  /// input.
  var outputName: String {
    let words = (targetName ?? "").split(whereSeparator: \.isWhitespace).joined(separator: "_")
    let name = words.isEmpty ? "values" : words
    return [TrainedNetwork.inputName, TrainedNetwork.preparedName].contains(name)
      ? name + "_" : name
  }

  private func axis() throws(SpectrumError) -> SpectralAxis {
    try SpectralAxis(
      positions: axisPositions, unit: axisUnit.map(AxisUnit.init(option:)) ?? .index)
  }
}

extension TrainedNetwork {
  /// The name of the value that holds prepared spectra, in files that prepare them.
  package static let preparedName = "prepared_spectra"

  /// The network as an ONNX file for any number of spectra, `[samples, 1, points]`.
  ///
  /// Where the description names axis and fitted preprocessing, the file takes spectra as they were
  /// measured on that axis and prepares them itself, unless a step has no form in ONNX
  /// (`stepsWithoutGraph`); then it takes prepared ones.
  ///
  /// - Parameters:
  ///   - description: What the file says besides the layers.
  ///   - output: What the network gives, and the name of the output; measured values have the name of
  ///     what is measured.
  /// - Returns: The bytes of the file.
  /// - Throws: `LearningError` when labels or axis do not fit the network; `GraphError` or
  ///   `ONNXError` when it cannot be written.
  package func onnx(
    _ description: NetworkDescription = NetworkDescription(), output: Output = .probabilities
  ) throws -> Data {
    let (graph, writer) = try parts(description, output)
    return try writer.bytes(of: graph)
  }

  /// Writes the network to an ONNX file, which appears, or is replaced, only when it is complete.
  ///
  /// - Parameters:
  ///   - url: Where.
  ///   - description: What the file says besides the layers.
  ///   - output: What the network gives, and the name of the output.
  /// - Throws: As `onnx`.
  package func write(
    to url: URL, _ description: NetworkDescription = NetworkDescription(),
    output: Output = .probabilities
  ) throws {
    let (graph, writer) = try parts(description, output)
    try writer.write(graph, to: url)
  }

  /// What is written, and what writes it.
  private func parts(
    _ description: NetworkDescription, _ output: Output
  ) throws -> (Graph, ONNXWriter) {
    try requireAnswers()
    try check(description)
    var network = try graph(sampleCount: 1, output: output)
    if case .regression = task {
      let name = description.outputName
      network.outputs = network.outputs.map { GraphOutput(name: name, value: $0.value) }
    }
    network = try network.storingConstants()
    let preparation = try description.preparation()
    let graph = try preparation.map { try network.preceded(by: $0, at: Self.inputName) } ?? network
    return (
      graph,
      ONNXWriter(
        metadata: try description.metadata(isPrepared: preparation != nil),
        graphName: type(of: architecture).id, sampleAxis: "samples")
    )
  }

  /// Refuses labels and an axis that do not fit the network.
  private func check(_ description: NetworkDescription) throws(LearningError) {
    let labels = description.labels.count
    guard labels == 0 || labels == task.outputCount else {
      throw LearningError(
        .invalidSetting, "\(labels) labels do not fit \(task.outputCount) outputs")
    }
    guard description.axisPositions.allSatisfy(\.isFinite) else {
      throw LearningError(.invalidSetting, "a position of the axis is not finite")
    }
    if let count = try description.preparedPointCount(), count != pointCount {
      let positions = description.axisPositions.count
      let change = count == positions ? "" : ", \(count) after preprocessing,"
      throw LearningError(
        .invalidSetting,
        "an axis of \(positions) positions\(change) does not fit \(pointCount) points")
    }
  }
}
