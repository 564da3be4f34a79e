package import TensorCore

/// Kinds of random numbers that show different sides of a function.
package enum NumberKind: CaseIterable, Sendable {
  /// From −2 to 2.
  case any
  /// Whole numbers from −2 to 2, so that some are equal and some are 0.
  case whole
  /// From 0.4 to 2.
  case positive

  /// A number of this kind.
  package func number(using generator: inout some RandomNumberGenerator) -> Double {
    switch self {
    case .any: Double.random(in: -2...2, using: &generator)
    case .whole: Double(Int.random(in: -2...2, using: &generator))
    case .positive: Double.random(in: 0.4...2, using: &generator)
    }
  }
}

extension ReferenceTensor {
  /// Random numbers of one kind.
  package static func random(
    _ shape: Shape, _ kind: NumberKind, using generator: inout some RandomNumberGenerator
  ) -> ReferenceTensor {
    ReferenceTensor(
      shape: shape,
      elements: (0..<shape.elementCount).map { _ in kind.number(using: &generator) })
  }
}
