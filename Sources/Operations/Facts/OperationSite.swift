package import GraphIR
package import TensorCore

/// The shapes between which an operation stands.
package struct OperationSite: Hashable, Sendable {
  /// The shapes of the inputs.
  package let inputs: [Shape]

  /// The shape of the result.
  package let result: Shape

  /// Creates a site.
  package init(inputs: [Shape], result: Shape) {
    self.inputs = inputs
    self.result = result
  }

  /// The site of a node.
  package init(_ node: Node, in graph: Graph) {
    self.init(inputs: node.inputs.map { graph[$0].shape }, result: node.shape)
  }
}
