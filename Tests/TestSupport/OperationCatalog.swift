import GraphIR
import Operations
import TensorCore

/// Every operation of the core with sample inputs, in several settings, over one and two axes.
package enum OperationCatalog {
  /// All samples.
  package static let samples = differentiableTwice + stored + normalizations

  /// Samples of operations whose gradients have gradients.
  package static let differentiableTwice =
    convolutions + poolings + products + unary + binary + selections + reductions + movements
    + regroupings + resizings + recurrences
}
