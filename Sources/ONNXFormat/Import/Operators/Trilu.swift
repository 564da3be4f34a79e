import TensorCore

extension ImportFamily {
  /// Triangular parts of matrices.
  static let trilu = ImportFamily(
    "Trilu", [ImportEntry("Trilu", "a selection with a constant triangular mask", trilu)])

  private static func trilu(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    guard input.shape.rank >= 2 else {
      throw ONNXError(.malformedFile, "\(input.shape) holds no matrices")
    }
    let offset = try site.integers(1, "the diagonal")?.first ?? 0
    let isUpper = try site.attributes.flag("upper", default: true)
    let (rows, columns) = (
      input.shape[input.shape.rank - 2], input.shape[input.shape.rank - 1]
    )
    guard rows * columns <= HostTensor.maximumFoldedCount else {
      throw ONNXError(.outOfScope, "a triangle of \(rows)×\(columns) is too large")
    }
    let mask = (0..<(rows * columns)).map { place in
      let (row, column) = (place / columns, place % columns)
      let isKept = isUpper ? column - row >= offset : column - row <= offset
      return isKept ? 1 : 0
    }
    let known = HostTensor(shape: [rows, columns], integers: mask, type: .bool)
    let zero = HostTensor(shape: [], type: input.type, doubles: [0])
    return [try site.select(.known(known), input, .known(zero))]
  }
}
