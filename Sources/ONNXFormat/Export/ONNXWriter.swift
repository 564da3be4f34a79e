package import Foundation
package import GraphIR
import ONNXSchema
import SwiftProtobuf

/// Writes graphs as ONNX models that any engine for ONNX can run.
///
/// What the outputs do not need is left out, except inputs. Numbers are 32-bit floating point, and
/// shapes are those of the graph: the batch it was specialized to is the batch of the file, unless
/// the first dimension is left free.
package struct ONNXWriter: Sendable {
  /// The versions of the default operator set that files can be written for.
  package static let opsets = 16...23

  /// The version of the default operator set that files are written for.
  package let opset: Int

  /// The version of the file format that files are written in: the one that came with the operator
  /// set.
  package var irVersion: Int {
    switch opset {
    case ...18: 8
    case 19...20: 9
    case 21...22: 10
    default: 11
    }
  }

  /// Properties that are stored with the model, such as labels and preprocessing.
  package let metadata: [String: String]

  /// The name of the graph in the file.
  package let graphName: String

  /// The name of the first dimension of inputs and outputs when files are for any number of samples;
  /// nil when it is as in the graph.
  package let sampleAxis: String?

  /// Above this, protocol buffers cannot be decoded.
  private static let maximumByteCount = Int(Int32.max)

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - metadata: Properties that are stored with the model.
  ///   - graphName: The name of the graph in the file, not empty.
  ///   - opset: The version of the operator set, one of `opsets`.
  ///   - sampleAxis: A name such as `samples` writes a graph of one sample as a model for any number
  ///     of them, whose first dimension has this name.
  package init(
    metadata: [String: String] = [:], graphName: String = "vitrine", opset: Int = 17,
    sampleAxis: String? = nil
  ) {
    precondition(Self.opsets.contains(opset), "the operator set must be one of opsets")
    self.opset = opset
    self.metadata = metadata
    self.sampleAxis = sampleAxis
    self.graphName = graphName.isEmpty ? "vitrine" : graphName
  }

  /// Writes a graph to a file, which appears, or is replaced, only when it is complete.
  ///
  /// - Throws: `ONNXError` with code `unwritable` when the file system refuses, or what `bytes(of:)`
  ///   throws.
  package func write(_ graph: Graph, to url: URL) throws(ONNXError) {
    let bytes = try bytes(of: graph)
    do {
      try bytes.write(to: url, options: .atomic)
    } catch {
      throw ONNXError(
        .unwritable, "\(url.path): cannot be written: \(error.localizedDescription)")
    }
  }

  /// The bytes of a model file; equal graphs give equal bytes.
  ///
  /// Inputs are named by their labels, outputs by their names, and other values by theirs where
  /// those are free.
  ///
  /// - Throws: `ONNXError` with code `unwritable` when names are empty or ambiguous, nothing is asked
  ///   for, samples are not free although they should be, or the file would pass 2 GB; with code
  ///   `unsupportedOperator` when an operation has no ONNX form.
  package func bytes(of graph: Graph) throws(ONNXError) -> Data {
    var model = Onnx_ModelProto()
    model.irVersion = Int64(irVersion)
    model.producerName = "Vitrine"
    var operators = Onnx_OperatorSetIdProto()
    operators.domain = ""
    operators.version = Int64(opset)
    model.opsetImport = [operators]
    model.metadataProps = metadata.sorted { $0.key < $1.key }.map { key, value in
      var property = Onnx_StringStringEntryProto()
      property.key = key
      property.value = value
      return property
    }
    let draft = try ExportDraft(graph, opset: opset, sampleAxis: sampleAxis)
    model.graph = try draft.finished(name: graphName)
    let byteCount = model.graph.initializer.reduce(0) { $0 + $1.rawData.count }
    guard byteCount < Self.maximumByteCount else {
      throw ONNXError(
        .unwritable, "\(byteCount) bytes of weights do not fit an ONNX file, which ends at 2 GB")
    }
    do {
      return try model.serializedBytes()
    } catch {
      throw ONNXError(.unwritable, "the model cannot be encoded: \(error)")
    }
  }
}
