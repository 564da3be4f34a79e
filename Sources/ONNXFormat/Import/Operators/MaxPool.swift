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
    let input = try site.input(0)
    try site.require(input.shape, minimumRank: 3)
    let kernel = try WindowAttributes.poolingKernel(site.attributes)
    let attributes = try WindowAttributes(
      site.attributes, kernel: kernel, rank: input.shape.rank - 2)
    let window = try attributes.window(
      input: input.shape.positions,
      roundsUp: try site.attributes.flag("ceil_mode", default: false))
    let pooling = MaxPooling(PoolingWindow(kernel: kernel, window: window))
    return [site.moved(try site.input(0)) { site.builder.apply(pooling, [$0]) }]
  }
}
