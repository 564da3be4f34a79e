import GraphIR

/// Which names the values of a written model have.
struct ExportNames {
  private var outputNames: [ValueID: String] = [:]
  private var valueNames: [ValueID: String] = [:]
  /// Names that are not to be made up.
  private var taken: Set<String> = []

  /// Collects the names of a graph: of its inputs first, then of its outputs, then of the rest.
  ///
  /// - Throws: `ONNXError` when inputs and outputs cannot be told apart by name.
  init(_ graph: Graph) throws(ONNXError) {
    guard !graph.outputs.isEmpty else {
      throw ONNXError(.unwritable, "the graph has no outputs; ask for at least one value")
    }
    for name in graph.inputs.map(\.name) + graph.outputs.map(\.name) {
      guard !name.isEmpty else {
        throw ONNXError(.unwritable, "an input or output has no name; every one needs its own")
      }
      guard taken.insert(name).inserted else {
        throw ONNXError(
          .unwritable,
          "two inputs or outputs are called \"\(name)\"; in a file every one needs its own name")
      }
    }
    for output in graph.outputs where outputNames[output.value] == nil {
      outputNames[output.value] = output.name
    }
    for (index, node) in graph.nodes.enumerated() {
      guard let name = node.name, !name.isEmpty, taken.insert(name).inserted else { continue }
      valueNames[ValueID(index)] = name
    }
  }

  /// The name that a value should have, or nil.
  ///
  /// - Parameters:
  ///   - value: The value of the graph.
  ///   - isStored: Whether it is an input or a constant, which an output cannot be directly.
  /// - Returns: A name that no other value prefers.
  func preferred(for value: ValueID, isStored: Bool) -> String? {
    isStored ? valueNames[value] : outputNames[value] ?? valueNames[value]
  }

  /// The names with made-up ones in place of nil, which begin with a prefix.
  func completed(_ names: [String?], prefix: String) -> [String] {
    var taken = taken
    return names.enumerated().map { index, name in
      if let name { return name }
      var name = "\(prefix)v\(index)"
      while !taken.insert(name).inserted { name += "_" }
      return name
    }
  }
}
