import TensorCore

extension ImportFamily {
  /// Channels rearranged into positions and back.
  static let depthToSpace = ImportFamily(
    "DepthToSpace",
    [
      ImportEntry("DepthToSpace", "reshape, transpose, reshape", depthToSpace),
      ImportEntry("SpaceToDepth", "reshape, transpose, reshape", spaceToDepth),
    ])

  private static func blockSize(_ site: ImportSite) throws(ONNXError) -> Int {
    let size = try site.attributes.integer("blocksize", default: 0)
    guard (1...(1 << 12)).contains(size), try site.input(0).shape.rank == 4 else {
      throw ONNXError(.malformedFile, "block size \(size) needs to be positive, for four axes")
    }
    return size
  }

  private static func depthToSpace(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (b, x) = (try blockSize(site), try site.input(0))
    let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    guard c % (b * b) == 0 else {
      throw ONNXError(.malformedFile, "\(c) channels do not fall into blocks of \(b)×\(b)")
    }
    let isColumnRowDepth = try site.attributes.text("mode", default: "DCR") == "CRD"
    let split: Shape =
      isColumnRowDepth ? [n, c / (b * b), b, b, h, w] : [n, b, b, c / (b * b), h, w]
    let order = isColumnRowDepth ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
    let moved = try site.transposed(try site.reshaped(x, to: split), order)
    return [try site.reshaped(moved, to: [n, c / (b * b), h * b, w * b])]
  }

  private static func spaceToDepth(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (b, x) = (try blockSize(site), try site.input(0))
    let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    guard h % b == 0, w % b == 0 else {
      throw ONNXError(.malformedFile, "positions \(h)×\(w) do not fall into blocks of \(b)×\(b)")
    }
    let split = try site.reshaped(x, to: [n, c, h / b, b, w / b, b])
    let isColumnRowDepth = try site.attributes.text("mode", default: "DCR") == "CRD"
    let moved = try site.transposed(
      split, isColumnRowDepth ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4])
    return [try site.reshaped(moved, to: [n, c * b * b, h / b, w / b])]
  }
}
