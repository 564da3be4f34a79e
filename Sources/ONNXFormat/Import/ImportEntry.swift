/// How one ONNX operator becomes core operations.
package struct ImportEntry: Sendable {
  /// The operator's name.
  package let operatorType: String

  /// The domain of the operator; empty for that of the standard.
  package let domain: String

  /// The versions of the operator set under which its meaning is known here.
  package let opsets: ClosedRange<Int>

  /// What it becomes, in one phrase.
  package let summary: String

  /// Emits core operations and returns the node's outputs, in order.
  let run: @Sendable (ImportSite) throws(ONNXError) -> [ImportedValue]

  /// The domain of what ONNX Runtime adds to the standard.
  static let runtimeDomain = "com.microsoft"

  init(
    _ operatorType: String, domain: String = "",
    opsets: ClosedRange<Int> = ImportCatalog.opsets, _ summary: String,
    _ run: @escaping @Sendable (ImportSite) throws(ONNXError) -> [ImportedValue]
  ) {
    self.operatorType = operatorType
    self.domain = domain
    self.opsets = opsets
    self.summary = summary
    self.run = run
  }

  /// The name that tells the operator from those of other domains, such as `com.microsoft.Gelu`.
  var qualifiedName: String { Self.qualifiedName(operatorType, domain: domain) }

  /// The name of an operator with its domain, unless that is the standard's.
  static func qualifiedName(_ operatorType: String, domain: String) -> String {
    ["", "ai.onnx"].contains(domain) ? operatorType : "\(domain).\(operatorType)"
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
