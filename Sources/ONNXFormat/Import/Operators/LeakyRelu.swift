import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Rectifiers with a slope below zero.
  static let leakyRelu = ImportFamily(
    "LeakyRelu",
    [
      ImportEntry("LeakyRelu", "`max(x, 0) + α min(x, 0)`") { (site) throws(ONNXError) in
        let alpha = try site.attributes.float("alpha", default: 0.01)
        let x = try site.value(0)
        return [.computed(x.rectified + alpha * x.negative, .float32)]
      },
      ImportEntry("PRelu", "`max(x, 0) + slope · min(x, 0)`", prelu),
    ])

  private static func prelu(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0)
    var slope = try site.input(1)
    // Before operator set 7 a vector of slopes meant one per channel.
    if site.opset < 7, slope.shape.rank == 1, x.shape.rank > 2 {
      let extents = slope.shape.extents + Array(repeating: 1, count: x.shape.rank - 2)
      slope = try site.reshaped(slope, to: Shape(extents))
    }
    guard slope.shape.broadcast(with: x.shape) == x.shape else {
      throw ONNXError(.malformedFile, "slopes \(slope.shape) do not broadcast to \(x.shape)")
    }
    return [.computed(x.rectified + site.pool.value(slope) * x.negative, .float32)]
  }
}
