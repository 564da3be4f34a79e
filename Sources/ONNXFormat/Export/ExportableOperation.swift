import GraphIR
import Operations
import TensorCore

/// An operation that can be written with ONNX operators.
protocol ExportableOperation: GraphIR.Operation {
  /// Adds the ONNX nodes that compute the value at `site`.
  ///
  /// - Returns: The value that they compute, of the shape of the node.
  /// - Throws: `ONNXError` when ONNX has no form for these settings.
  func export(_ site: ExportSite) throws(ONNXError) -> ExportedValue
}

/// An exportable operation whose form for one sample holds for any number of them, as long as the
/// operation keeps samples apart.
protocol SampleFreeForm: ExportableOperation {}

/// A value of the model under construction.
struct ExportedValue: Hashable {
  /// The position in the table of names.
  let index: Int

  /// The shape of the value.
  let shape: Shape
}

/// The place of an operation that is being written.
struct ExportSite {
  /// The node that is being written.
  let node: Node

  /// What its inputs became.
  let inputs: [ExportedValue]

  /// Where nodes are added.
  let draft: ExportDraft

  /// The version of the operator set that is written for.
  var opset: Int { draft.opset }

  /// Adds a node.
  ///
  /// - Parameters:
  ///   - type: The ONNX operator.
  ///   - inputs: What it is computed from.
  ///   - shape: The shape of the result.
  ///   - attributes: The settings of the operator.
  /// - Returns: The result.
  func emit(
    _ type: String, _ inputs: [ExportedValue], shape: Shape, _ attributes: NodeAttribute...
  ) -> ExportedValue {
    draft.emit(type, inputs, shapes: [shape], attributes)[0]
  }

  /// Adds a node whose result has the shape of the operation's result.
  func result(
    _ type: String, _ inputs: [ExportedValue], _ attributes: NodeAttribute...
  ) -> ExportedValue {
    draft.emit(type, inputs, shapes: [node.shape], attributes)[0]
  }

  /// A list of whole numbers that an operator takes as an input.
  func integers(_ numbers: [Int]) -> ExportedValue {
    draft.integers(numbers)
  }

  /// A constant that is not part of the graph.
  func constant(_ tensor: Tensor) -> ExportedValue {
    draft.constant(tensor)
  }
}
