import TensorCore

extension ImportFamily {
  /// Equally spaced numbers.
  static let range = ImportFamily(
    "Range", [ImportEntry("Range", "known numbers from start to limit by delta", range)])

  private static func range(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    guard let start = try site.number(0, "start"), let limit = try site.number(1, "limit"),
      let delta = try site.number(2, "delta")
    else { throw ONNXError(.malformedFile, "start, limit and delta are needed") }
    let count = ((limit - start) / delta).rounded(.up)
    guard count.isFinite, count <= Double(HostTensor.maximumFoldedCount) else {
      throw ONNXError(.malformedFile, "no range from \(start) to \(limit) by \(delta)")
    }
    let numbers = (0..<max(0, Int(count))).map { start + Double($0) * delta }
    return [
      .known(HostTensor(shape: [numbers.count], type: try site.input(0).type, doubles: numbers))
    ]
  }
}
