package import GraphIR
import TensorCore

/// An operation that tells what it costs.
package protocol CostDescribing: GraphIR.Operation {
  /// The inputs that hold what a network learns, where they are constants.
  var parameterInputs: [Int] { get }

  /// How many arithmetic operations one evaluation takes.
  ///
  /// A multiplication and the addition behind it are two, padding included. Whatever is no product
  /// with weights counts one for every number of the result.
  func operationCount(at site: OperationSite) -> Int
}

/// An operation without anything learned, which counts one for every number of its result.
package protocol UnweightedOperation: CostDescribing {}

extension UnweightedOperation {
  /// None.
  package var parameterInputs: [Int] { [] }

  /// One for every number.
  package func operationCount(at site: OperationSite) -> Int { site.result.elementCount }
}
