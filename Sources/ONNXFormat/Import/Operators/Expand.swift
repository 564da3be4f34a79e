import TensorCore

extension ImportFamily {
  /// Repetition along axes of extent 1.
  static let expand = ImportFamily(
    "Expand",
    [
      ImportEntry("Expand", "a broadcast in both directions") { (site) throws(ONNXError) in
        let input = try site.input(0)
        guard let extents = try site.integers(1, "the shape") else {
          throw ONNXError(.malformedFile, "the shape is missing")
        }
        let asked = try site.shape(extents)
        guard let shape = input.shape.broadcast(with: asked) else {
          throw ONNXError(.malformedFile, "\(input.shape) does not broadcast with \(asked)")
        }
        return [try site.broadcast(input, to: try site.shape(shape.extents))]
      }
    ])
}
