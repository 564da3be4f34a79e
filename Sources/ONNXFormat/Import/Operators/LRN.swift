import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Local response normalization across channels.
  static let lrn = ImportFamily(
    "LRN",
    [ImportEntry("LRN", "`x / (k + α · mean of x² over neighbouring channels)^β`", lrn)])

  private static func lrn(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0, minimumRank: 2)
    guard let size = try site.attributes.integer("size"), (1...(1 << 16)).contains(size) else {
      throw ONNXError(.malformedFile, "the size is missing or out of range")
    }
    let alpha = try site.attributes.float("alpha", default: 0.000_1)
    let beta = try site.attributes.float("beta", default: 0.75)
    let bias = try site.attributes.float("bias", default: 1)
    // Channels become an axis that a pooling window slides along.
    let (n, c) = (x.shape[0], x.shape[1])
    let plane: Shape = [n, 1, c, Shape(x.shape.positions).elementCount]
    let window = SlidingWindow(
      rank: 2, paddingBefore: [(size - 1) / 2, 0], paddingAfter: [size / 2, 0])
    let pooling = AveragePooling(PoolingWindow(kernel: [size, 1], window: window))
    let squares = (x * x).reshaped(to: plane)
    let mean = site.builder.apply(pooling, [squares]).reshaped(to: x.shape)
    let scale = (bias + alpha * mean).power(site.builder.constant(-beta))
    return [.computed(x * scale, .float32)]
  }
}
