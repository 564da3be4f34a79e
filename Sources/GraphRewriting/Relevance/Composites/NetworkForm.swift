package import GraphIR

/// The form of a network that rules are applied to.
public enum NetworkForm: String, CaseIterable, Codable, Hashable, Sendable {
  /// Batch norms are folded into the linear layers beside them.
  case folded
  /// Batch norms stand where the file has them, as the released Relevance-CAM code sees them: it
  /// passes them by, whatever the sign of their factors.
  case asInFile = "as-in-file"

  /// An imported network in this form.
  ///
  /// - Parameters:
  ///   - imported: The network as its file has it.
  ///   - names: Values that must survive.
  /// - Returns: A graph with equal outputs.
  /// - Throws: `GraphError` when the graph is malformed.
  package func graph(
    of imported: Graph, keeping names: Set<String>
  ) throws(GraphError) -> Graph {
    switch self {
    case .folded: try imported.canonicalized(keeping: names)
    case .asInFile: try imported.simplified(keeping: names)
    }
  }
}
