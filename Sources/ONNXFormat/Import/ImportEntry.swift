/// How one ONNX operator becomes core operations.
package struct ImportEntry: Sendable {
  /// The operator's name in the default ONNX domain.
  package let operatorType: String

  /// The versions of the operator set under which its meaning is known here.
  package let opsets: ClosedRange<Int>

  /// What it becomes, in one phrase.
  package let summary: String

  /// Emits core operations and returns the node's outputs, in order.
  let run: @Sendable (ImportSite) throws(ONNXError) -> [ImportedValue]

  init(
    _ operatorType: String, opsets: ClosedRange<Int> = ImportCatalog.opsets, _ summary: String,
    _ run: @escaping @Sendable (ImportSite) throws(ONNXError) -> [ImportedValue]
  ) {
    self.operatorType = operatorType
    self.opsets = opsets
    self.summary = summary
    self.run = run
  }
}

/// The operators that one file imports.
struct ImportFamily: Sendable {
  /// The name of the file, without its ending.
  let file: String

  /// The operators.
  let entries: [ImportEntry]

  init(_ file: String, _ entries: [ImportEntry]) {
    self.file = file
    self.entries = entries
  }
}
