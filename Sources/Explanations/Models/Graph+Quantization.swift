import GraphIR
import Operations
import TensorCore

extension Graph {
  /// Whether outputs depend on numbers that are rounded, through which gradients pass as if they were
  /// not.
  var roundsNumbers: Bool { computes { $0 == .roundStraightThrough } }

  /// Whether outputs depend on one number that is found of all samples together, such as the scale of
  /// dynamic quantization.
  var holdsSharedNumbers: Bool { computes(ofOneNumber: true) { $0 == .held } }

  private func computes(
    ofOneNumber: Bool = false, _ isMeant: (UnaryFunction) -> Bool
  ) -> Bool {
    zip(nodes, live).contains { node, isLive in
      guard isLive, !node.isConstant, let unary = node.operation as? Unary else { return false }
      return isMeant(unary.function) && (!ofOneNumber || node.shape.elementCount == 1)
    }
  }
}
