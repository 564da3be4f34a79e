import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Divisions by a size, and poolings that are one.
  static let lpNormalization = ImportFamily(
    "LpNormalization",
    [
      ImportEntry(
        "LpNormalization", "divided by the sum of magnitudes or root of the sum of squares"
      ) {
        (site) throws(ONNXError) in
        let x = try site.value(0, minimumRank: 1)
        let given = try site.attributes.integer("axis", default: -1)
        let axis = try site.axis(given, rank: x.shape.rank)
        let size = try site.size(x, over: [axis], standard: 2)
        // Nothing divided by nothing is nothing.
        let isZero = size.isEqual(to: site.builder.constant(0))
        return [.computed(x / (size + isZero), try site.input(0).type)]
      },
      ImportEntry("GlobalLpPool", "the root of the sum of powers over all positions") {
        (site) throws(ONNXError) in
        let x = try site.value(0, minimumRank: 3)
        let size = try site.size(x, over: Array(2..<x.shape.rank), standard: 2)
        return [.computed(size, .float32)]
      },
      ImportEntry("LpPool", "the root of the sum of powers in every window", lpPool),
      ImportEntry("MeanVarianceNormalization", "mean 0 and deviation 1 over some axes") {
        (site) throws(ONNXError) in
        let x = try site.value(0)
        let given = try site.attributes.integers("axes") ?? [0, 2, 3]
        let axes = try site.axes(given, rank: x.shape.rank)
        let centered = x - x.mean(over: .axes(axes))
        let deviation = (centered * centered).mean(over: .axes(axes)).squareRoot
        return [.computed(centered / (deviation + 1e-9), .float32)]
      },
    ])

  private static func lpPool(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0, minimumRank: 3)
    let kernel = try WindowAttributes.poolingKernel(site.attributes)
    let attributes = try WindowAttributes(
      site.attributes, kernel: kernel, rank: x.shape.rank - 2)
    let window = try attributes.window(
      input: x.shape.positions, roundsUp: try site.attributes.flag("ceil_mode", default: false))
    let pooling = AveragePooling(
      PoolingWindow(kernel: kernel, window: window))
    let order = try site.attributes.integer("p", default: 2)
    let powers = try site.power(x, order)
    let mean = try site.checked(site.builder.apply(pooling, [powers]))
    return [
      .computed(site.root(mean * Float(kernel.reduce(1, *)), order), try site.input(0).type)
    ]
  }
}

extension ImportSite {
  /// The root of the sum of powers over axes, as the attribute `p` says.
  fileprivate func size(
    _ x: Value, over axes: [Int], standard: Int
  ) throws(ONNXError) -> Value {
    let order = try attributes.integer("p", default: standard)
    return root(try power(x, order).reduced(.sum, over: axes), order)
  }

  /// The power of the magnitudes.
  fileprivate func power(_ x: Value, _ order: Int) throws(ONNXError) -> Value {
    guard order > 0 else { throw ONNXError(.malformedFile, "p \(order) is not positive") }
    return switch order {
    case 1: x.absolute
    case 2: x * x
    default: x.absolute.power(builder.constant(Float(order)))
    }
  }

  /// The root that undoes `power`.
  fileprivate func root(_ x: Value, _ order: Int) -> Value {
    switch order {
    case 1: x
    case 2: x.squareRoot
    default: x.power(builder.constant(1 / Float(order)))
    }
  }
}
