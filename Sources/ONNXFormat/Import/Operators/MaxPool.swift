import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Max pooling.
  static let maxPool = ImportFamily(
    "MaxPool",
    [
      ImportEntry("MaxPool", "a max pooling; rounding up becomes padding at the end", maxPool),
      ImportEntry("MaxUnpool", "values put back where they won a max pooling", maxUnpool),
    ])

  private static func maxPool(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    try site.require(input.shape, minimumRank: 3)
    let kernel = try WindowAttributes.poolingKernel(site.attributes)
    let attributes = try WindowAttributes(
      site.attributes, kernel: kernel, rank: input.shape.rank - 2)
    let window = try attributes.window(
      input: input.shape.positions,
      roundsUp: try site.attributes.flag("ceil_mode", default: false))
    let pooling = PoolingWindow(kernel: kernel, window: window)
    let pooled = site.moved(input) { site.builder.apply(MaxPooling(pooling), [$0]) }
    guard site.isOutputUsed.dropFirst().contains(true) else { return [pooled] }
    let places = try places(site, input.shape)
    let winners = site.builder.apply(
      MaxPoolingSelection(pooling), [site.pool.value(input), places])
    return [pooled, .computed(winners, .int64)]
  }

  /// The place of every number of a pooled value in its row-major order, or with the positions in
  /// column-major order.
  private static func places(_ site: ImportSite, _ shape: Shape) throws(ONNXError) -> Value {
    guard shape.elementCount <= 1 << 24 else {
      throw ONNXError(.outOfScope, "the places of maxima among \(shape) are not whole numbers")
    }
    var order = Array(shape.extents.indices)
    if try site.attributes.integer("storage_order", default: 0) == 1 {
      order = Array(order.prefix(2)) + order.dropFirst(2).reversed()
    }
    let turned = Shape(order.map { shape[$0] })
    let elements = (0..<shape.elementCount).map { Float($0) }
    return site.builder.constant(Tensor(shape: turned, elements: elements)).transposed(order)
  }

  private static func maxUnpool(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let given = try site.input(0)
    let (shape, asked) = try unpooledShapes(site, given.shape)
    guard try site.input(1).shape == given.shape else {
      throw ONNXError(.malformedFile, "indices \(try site.input(1).shape) for \(given.shape)")
    }
    if case .computed(let winners, _) = try site.input(1),
      let selection = winners.node.operation as? MaxPoolingSelection
    {
      let pooled = site.builder.value(winners.node.inputs[0])
      guard pooled.shape == asked else {
        throw ONNXError(.outOfScope, "\(pooled.shape) was pooled, but \(asked) is asked for")
      }
      let result = site.builder.apply(
        MaxPoolingGradient(selection.pooling), [pooled, site.pool.value(given)])
      return [.computed(result, given.type)]
    }
    guard let places = try site.integers(1, "where the maxima were"),
      places.allSatisfy({ (0..<shape.elementCount).contains($0) })
    else { throw ONNXError(.malformedFile, "an index lies outside \(shape)") }
    let line = site.pool.value(try site.reshaped(given, to: [places.count]))
    let scattered = site.builder.apply(
      ScatterSum(axis: 0, indices: places, extent: shape.elementCount), [line])
    let whole = try site.checked(scattered).reshaped(to: shape)
    let missing = zip(asked.extents, shape.extents).map { $0 - $1 }
    guard missing.allSatisfy({ $0 >= 0 }) else {
      throw ONNXError(.malformedFile, "\(asked) has no room for \(shape)")
    }
    let zeros = [Int](repeating: 0, count: missing.count)
    return [.computed(whole.padded(before: zeros, after: missing), given.type)]
  }

  /// What the windows span, which the indices are about, and the shape of the result.
  private static func unpooledShapes(
    _ site: ImportSite, _ shape: Shape
  ) throws(ONNXError) -> (spanned: Shape, asked: Shape) {
    let kernel = try WindowAttributes.poolingKernel(site.attributes)
    let attributes = try WindowAttributes(
      site.attributes, kernel: kernel, rank: shape.rank - 2)
    let positions = shape.positions.indices.map { axis in
      (shape.positions[axis] - 1) * attributes.strides[axis] + kernel[axis]
        - attributes.before[axis] - attributes.after[axis]
    }
    guard positions.allSatisfy({ $0 > 0 }) else {
      throw ONNXError(.malformedFile, "nothing of \(shape) is inside the padding")
    }
    let spanned = Shape(shape.extents.prefix(2) + positions)
    let asked = try site.integers(2, "the shape of the result").map { Shape($0) } ?? spanned
    guard asked.rank == spanned.rank, asked.extents.allSatisfy({ $0 >= 0 }) else {
      throw ONNXError(.malformedFile, "\(asked) is no shape for \(shape)")
    }
    return (spanned, asked)
  }
}
