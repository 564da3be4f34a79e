import TensorCore

extension ImportFamily {
  /// Axes in another order.
  static let transpose = ImportFamily(
    "Transpose",
    [
      ImportEntry("Transpose", "the axes reordered, reversed by default") {
        (site) throws(ONNXError) in
        let input = try site.input(0)
        let permutation =
          try site.attributes.integers("perm") ?? (0..<input.shape.rank).reversed()
        return [try site.transposed(input, permutation)]
      }
    ])
}
