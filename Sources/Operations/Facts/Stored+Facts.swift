package import GraphIR
import TensorCore

extension Input: CoreOperation, UnweightedOperation {
  /// Nothing is known of what will be given.
  package func sign(at site: SignSite) -> Sign { .any }

  /// There are no inputs.
  package func linearity(inputCount: Int) -> Linearity { .none }

  /// There are no inputs.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { [] }
}

extension Constant: CoreOperation, UnweightedOperation {
  /// That of its numbers.
  package func sign(at site: SignSite) -> Sign {
    Sign(isNonNegative: tensor.elements.allSatisfy { $0 >= 0 })
  }

  /// There are no inputs.
  package func linearity(inputCount: Int) -> Linearity { .none }

  /// There are no inputs.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] { [] }
}
