import GraphRewriting

extension ExplanationPlan {
  /// What to say where methods change gradients at rectifiers, and the network has other activations
  /// too.
  ///
  /// - Parameter model: The network.
  /// - Returns: A sentence; nil where there is nothing to say.
  package func rectifierNote(on model: Model) -> String? {
    let ids = methods.map(\.method).filter(\.changesRectifiers).map(\.id)
    guard !ids.isEmpty, let network = try? model.network(samples: model.fixedBatch ?? 1) else {
      return nil
    }
    let found = Rectification(
      of: network.graph, from: network.parts.inputs, to: [network.parts.scores])
    guard found.otherCount > 0, found.rectifierCount > 0 else { return nil }
    return
      "\(ids.joined(separator: ", ")): of the activations of \(model.name) \(found.rectifierCount) are "
      + "rectifiers; the other \(found.otherCount) are leaky or smooth and pass on their own gradient"
  }
}
