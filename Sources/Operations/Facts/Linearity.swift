package import GraphIR

/// In which inputs a result is linear.
///
/// The result is a sum of terms, each of which is linear in each of the inputs that it names by
/// itself, and a rest. Inputs that no term names may be seen in any way, in the terms and in the
/// rest; `a · b + c` is `[[0, 1], [2]]`, `a / b` is `[[0]]`, and `exp a` is nothing but rest.
package struct Linearity: Hashable, Sendable {
  /// The inputs that each term is linear in.
  package let terms: [[Int]]

  /// Whether something is added that no term accounts for.
  package let hasRest: Bool

  /// A sum of terms.
  package init(_ terms: [[Int]], hasRest: Bool = false) {
    self.terms = terms
    self.hasRest = hasRest
  }

  /// Linear in nothing.
  package static let none = Linearity([], hasRest: true)

  /// Whether the result is a linear function of these inputs together, up to something constant,
  /// while the others stay as they are.
  package func isLinear(in inputs: Set<Int>) -> Bool {
    inputs.isSubset(of: terms.joined()) && terms.allSatisfy { inputs.intersection($0).count <= 1 }
  }

  /// The terms that are left where some inputs are zero everywhere; nil when there is a rest.
  package func terms(whereZero inputs: Set<Int>) -> [[Int]]? {
    hasRest ? nil : terms.filter { inputs.isDisjoint(with: $0) }
  }
}

/// An operation that tells in what it is linear.
package protocol LinearityDescribing: GraphIR.Operation {
  /// In which of its inputs the result is linear; a bias may be missing.
  func linearity(inputCount: Int) -> Linearity
}
