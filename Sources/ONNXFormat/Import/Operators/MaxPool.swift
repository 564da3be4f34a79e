import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Max pooling.
  static let maxPool = ImportFamily(
    "MaxPool",
    [ImportEntry("MaxPool", "a max pooling; rounding up becomes padding at the end", maxPool)])

  private static func maxPool(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    try site.requireOnlyOutput("the second output, the indices of the maxima,")
    let input = try site.value(0, minimumRank: 3)
    let kernel = try WindowAttributes.poolingKernel(site.attributes)
    let attributes = try WindowAttributes(
      site.attributes, kernel: kernel, rank: input.shape.rank - 2)
    let window = try attributes.window(
      input: input.shape.positions,
      roundsUp: try site.attributes.flag("ceil_mode", default: false))
    let pooled = site.builder.apply(
      MaxPooling(PoolingWindow(kernel: kernel, window: window)), [input])
    return [.computed(pooled, try site.input(0).type)]
  }
}
