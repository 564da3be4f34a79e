import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Reading between grid points at places that may depend on the data.
  static let gridSample = ImportFamily(
    "GridSample",
    [
      ImportEntry(
        "GridSample", opsets: 16...ImportCatalog.opsets.upperBound,
        "sums over each axis, weighted by the distance to the place that is read", gridSample),
      ImportEntry(
        "AffineGrid", opsets: 20...ImportCatalog.opsets.upperBound,
        "the product of places and a matrix", affineGrid),
    ])

  private static func gridSample(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0, minimumRank: 3)
    let grid = try site.value(1, minimumRank: 3)
    let axes = x.shape.positions
    guard grid.shape.rank == x.shape.rank, grid.shape.extents.last == axes.count,
      grid.shape[0] == x.shape[0], !axes.contains(0)
    else { throw ONNXError(.malformedFile, "a grid \(grid.shape) for \(x.shape)") }
    let sampling = try GridSampling(site.attributes)
    let (samples, channels) = (x.shape[0], x.shape[1])
    let asked = Array(grid.shape.extents.dropFirst().dropLast())
    let count = Shape(asked).elementCount
    let places = grid.reshaped(to: [samples, count, axes.count])
    // Places name the last axis first.
    let weights = axes.indices.map { axis in
      sampling.weights(
        places.sliced(2, start: axes.count - 1 - axis, count: 1), extent: axes[axis])
    }
    // [samples, first axis, channels · other axes], so that the first axis goes in one product.
    let order = [0, 2, 1] + Array(3..<x.shape.rank)
    let rows = x.transposed(order)
      .reshaped(to: [samples, axes[0], x.shape.elementCount / max(samples * axes[0], 1)])
    var sums = weights[0].product(rows)
      .reshaped(to: Shape([samples, count, channels] + axes.dropFirst()))
    for axis in axes.indices.dropFirst() {
      var line = [samples, count, 1] + axes.dropFirst().map { _ in 1 }
      line[axis + 2] = axes[axis]
      sums = (sums * weights[axis].reshaped(to: Shape(line))).reduced(.sum, over: [axis + 2])
    }
    let result = try site.checked(sums).reshaped(to: [samples, count, channels])
      .transposed([0, 2, 1]).reshaped(to: Shape([samples, channels] + asked))
    return [.computed(result, try site.input(0).type)]
  }

  private static func affineGrid(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let theta = try site.value(0, minimumRank: 3)
    guard let size = try site.integers(1, "the size"), size.count >= 3,
      theta.shape == [size[0], size.count - 2, size.count - 1], !size.contains(where: { $0 < 1 })
    else { throw ONNXError(.malformedFile, "a matrix \(theta.shape) for the size") }
    let isAligned = try site.attributes.flag("align_corners", default: false)
    let axes = Array(size.dropFirst(2))
    let shape = Shape(axes)
    var elements: [Float] = []
    for place in 0..<shape.elementCount {
      let indices = zip(shape.strides, axes).map { place / $0 % $1 }
      let centers = zip(indices, axes).map { index, extent -> Float in
        isAligned
          ? (extent > 1 ? 2 * Float(index) / Float(extent - 1) - 1 : 0)
          : (2 * Float(index) + 1) / Float(extent) - 1
      }
      elements += centers.reversed() + [1]
    }
    let base = site.builder.constant(
      Tensor(shape: [1, shape.elementCount, axes.count + 1], elements: elements))
    let places = base.broadcast(to: [size[0], shape.elementCount, axes.count + 1])
      .product(theta, transposesRight: true)
    return [
      .computed(
        try site.checked(places).reshaped(to: Shape([size[0]] + axes + [axes.count])), .float32)
    ]
  }
}

/// How values between and beyond grid points are found.
private struct GridSampling {
  private enum Mode: String {
    case nearest, linear, cubic
  }

  private enum Padding: String {
    case zeros, border, reflection
  }

  private let mode: Mode
  private let padding: Padding
  private let isAligned: Bool

  init(_ attributes: NodeAttributes) throws(ONNXError) {
    let name = try attributes.text("mode", default: "linear")
    let beyond = try attributes.text("padding_mode", default: "zeros")
    guard let mode = Mode(rawValue: name.hasPrefix("bi") ? String(name.dropFirst(2)) : name),
      let padding = Padding(rawValue: beyond), mode != .cubic || padding == .zeros
    else { throw ONNXError(.outOfScope, "mode \"\(name)\" with padding \"\(beyond)\"") }
    self.mode = mode
    self.padding = padding
    isAligned = try attributes.flag("align_corners", default: false)
  }

  /// The share of every grid point of an axis, `[samples, places, extent]`, for places in −1…1,
  /// `[samples, places, 1]`.
  func weights(_ places: Value, extent: Int) -> Value {
    let builder = places.builder
    let last = Float(extent - 1)
    var place =
      isAligned ? (places + 1) * (last / 2) : ((places + 1) * Float(extent) - 1) * 0.5
    if mode == .nearest { place = place.applying(.round) }
    if padding == .reflection { place = reflected(place, extent: extent) }
    if padding != .zeros { place = place.applying(.clip(lower: 0, upper: last)) }
    let points = builder.constant(
      Tensor(shape: [1, 1, extent], elements: (0..<extent).map { Float($0) }))
    let distance = (place - points).absolute
    return switch mode {
    case .nearest: (0.5 - distance).isGreater(than: 0)
    case .linear: (1 - distance).positive
    case .cubic: cubic(distance)
    }
  }

  /// A place thrown back at the borders until it lies between them.
  private func reflected(_ place: Value, extent: Int) -> Value {
    let start: Float = isAligned ? 0 : -0.5
    let span = isAligned ? Float(extent - 1) : Float(extent)
    guard span > 0 else { return place * 0 }
    let shifted = (place - start) / (2 * span)
    let turned = (shifted - shifted.applying(.floor)) * (2 * span)
    return span - (turned - span).absolute + start
  }

  /// The cubic convolution of Keys (1981) with `a = −0.75`.
  private func cubic(_ distance: Value) -> Value {
    let a: Float = -0.75
    let (square, one) = (distance * distance, distance.builder.constant(1))
    let near = (distance * (a + 2) - (a + 3)) * square + 1
    let far = ((distance * a - 5 * a) * distance + 8 * a) * distance - 4 * a
    let isFar = distance.isLess(than: distance.builder.constant(2))
    return distance.isLessOrEqual(to: one).choosing(near, else: isFar * far)
  }
}
