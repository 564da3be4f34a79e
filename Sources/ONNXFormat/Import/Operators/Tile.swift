import TensorCore

extension ImportFamily {
  /// Repetition of whole axes.
  static let tile = ImportFamily(
    "Tile", [ImportEntry("Tile", "a broadcast along new axes that are merged again", tile)])

  private static func tile(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    guard let repeats = try site.integers(1, "the repeats"), repeats.count == input.shape.rank
    else { throw ONNXError(.malformedFile, "one repeat per axis is needed") }
    let limit = 0...TensorDecoder.maximumExtent
    guard repeats.allSatisfy({ limit.contains($0) }) else {
      throw ONNXError(.malformedFile, "repeats \(repeats) out of range")
    }
    let pairs = Array(zip(repeats, input.shape.extents))
    let result = try site.shape(pairs.map { $0 * $1 })
    let single = try site.reshaped(input, to: Shape(pairs.flatMap { [1, $1] }))
    let repeated = try site.broadcast(single, to: Shape(pairs.flatMap { [$0, $1] }))
    return [try site.reshaped(repeated, to: result)]
  }
}
