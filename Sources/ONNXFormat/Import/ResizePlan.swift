import GraphIR
import Operations
import TensorCore

/// How ONNX maps a position of the result to a position of the input.
enum ResizeCoordinates: String {
  case halfPixel = "half_pixel"
  case halfPixelSymmetric = "half_pixel_symmetric"
  case pytorchHalfPixel = "pytorch_half_pixel"
  case alignCorners = "align_corners"
  case asymmetric
  case tfHalfPixelForNN = "tf_half_pixel_for_nn"
  /// Over the part of the input that the region names.
  case tfCropAndResize = "tf_crop_and_resize"

  /// The mapping along one axis; `scale` is output points per input point, and `region` the part of
  /// the input, from 0 to 1, that is cropped.
  func mapping(
    input: Int, output: Int, scale: Double, region: ClosedRange<Double> = 0...1
  ) -> AxisMapping {
    switch self {
    case .tfCropAndResize:
      let last = Double(input - 1)
      let (start, end) = (region.lowerBound * last, region.upperBound * last)
      return output > 1
        ? AxisMapping(scale: (end - start) / Double(output - 1), offset: start)
        : AxisMapping(scale: 0, offset: (start + end) / 2)
    case .halfPixel: return .halfPixel(scale: 1 / scale)
    case .asymmetric: return AxisMapping(scale: 1 / scale, offset: 0)
    case .alignCorners: return .alignedCorners(input: input, output: output)
    case .tfHalfPixelForNN: return AxisMapping(scale: 1 / scale, offset: 0.5 / scale)
    case .pytorchHalfPixel:
      return output > 1 ? .halfPixel(scale: 1 / scale) : AxisMapping(scale: 0, offset: 0)
    case .halfPixelSymmetric:
      let adjustment = Double(output) / (scale * Double(input))
      let shift = Double(input) / 2 * (1 - adjustment)
      return AxisMapping(scale: 1 / scale, offset: shift + 0.5 / scale - 0.5)
    }
  }
}

/// The rules of a resampling.
struct ResizePlan {
  let coordinates: ResizeCoordinates
  let interpolation: Interpolation

  /// What takes the place of the interpolation where results are sums of more than two grid points.
  var filter: ResizeFilter?

  /// The starts of the region that is cropped along all axes, then its ends; nil for everything.
  var region: [Double]?

  /// What stands outside the input when a region is cropped.
  var outside: Float = 0

  /// The mapping of one of `rank` axes.
  func mapping(
    _ axis: Int, rank: Int, input: Int, output: Int, scale: Double
  ) -> AxisMapping {
    guard let region, region.count == 2 * rank, region[axis] <= region[axis + rank] else {
      return coordinates.mapping(input: input, output: output, scale: scale)
    }
    return coordinates.mapping(
      input: input, output: output, scale: scale, region: region[axis]...region[axis + rank])
  }
}

extension ImportSite {
  /// The first input resampled.
  func resized(
    _ plan: ResizePlan, scales: [Double]?, sizes: [Int]?
  ) throws(ONNXError) -> ImportedValue {
    let input = try value(0, minimumRank: 1)
    let extents = input.shape.extents
    let given = try attributes.integers("axes") ?? Array(extents.indices)
    _ = try axes(given, rank: extents.count)
    guard (scales?.count ?? sizes?.count) == given.count, !extents.contains(0) else {
      throw ONNXError(.malformedFile, "one scale or size for each of \(given.count) axes is needed")
    }
    let ratios = try self.factors(sizes: sizes ?? [], axes: given)
    var factors = scales ?? ratios
    guard factors.allSatisfy({ $0.isFinite && $0 > 0 && $0 <= 0x1p24 }) else {
      throw ONNXError(.malformedFile, "scales \(factors) out of range")
    }
    var allFactors = [Double](repeating: 1, count: extents.count)
    var outputs = extents
    let policy = try attributes.text("keep_aspect_ratio_policy", default: "stretch")
    if sizes != nil, policy != "stretch" {
      let common = policy == "not_larger" ? factors.min() : factors.max()
      factors = factors.map { _ in common ?? 1 }
    }
    for (index, item) in given.enumerated() {
      let axis = try axis(item, rank: extents.count)
      allFactors[axis] = factors[index]
      let exact = Double(extents[axis]) * factors[index]
      outputs[axis] =
        if let sizes, policy == "stretch" { sizes[index] } else {
          Int((sizes == nil ? exact : exact + 0.5).rounded(.down))
        }
    }
    return .computed(try resized(input, plan, outputs, allFactors), try self.input(0).type)
  }

  private func factors(sizes: [Int], axes: [Int]) throws(ONNXError) -> [Double] {
    let extents = try input(0).shape.extents
    return try zip(sizes, axes).map { (size, item) throws(ONNXError) in
      Double(size) / Double(extents[try axis(item, rank: extents.count)])
    }
  }

  private func resized(
    _ input: Value, _ plan: ResizePlan, _ outputs: [Int], _ factors: [Double]
  ) throws(ONNXError) -> Value {
    let extents = input.shape.extents
    let mappings = extents.indices.map {
      plan.mapping(
        $0, rank: extents.count, input: extents[$0], output: outputs[$0], scale: factors[$0])
    }
    let result: Value
    if let filter = plan.filter {
      result = extents.indices.reduce(input) { value, axis in
        if outputs[axis] == extents[axis] && factors[axis] == 1 && plan.region == nil {
          return value
        }
        return value.transformed(
          axis,
          by: filter.matrix(
            mappings[axis], scale: factors[axis], input: extents[axis], output: outputs[axis]))
      }
    } else {
      result = try interpolated(input, plan.interpolation, outputs, mappings)
    }
    guard plan.coordinates == .tfCropAndResize else { return try checked(result) }
    return try checked(outside(result, plan.outside, extents, mappings))
  }

  private func interpolated(
    _ input: Value, _ interpolation: Interpolation, _ outputs: [Int], _ mappings: [AxisMapping]
  ) throws(ONNXError) -> Value {
    let extents = input.shape.extents
    // Samples and channels stay; when they don't, all axes become positions.
    let isSpatial = extents.count > 2 && outputs.prefix(2) == extents.prefix(2)
    let axes = Array(extents.indices.dropFirst(isSpatial ? 2 : 0))
    let source = isSpatial ? input : input.reshaped(to: Shape([1, 1] + extents))
    let resize = Resize(
      outputPositions: axes.map { outputs[$0] }, mappings: axes.map { mappings[$0] },
      interpolation: interpolation)
    let result = try checked(builder.apply(resize, [source]))
    return isSpatial ? result : result.reshaped(to: Shape(outputs))
  }

  /// A result with a number wherever it was read outside the input.
  private func outside(
    _ result: Value, _ number: Float, _ extents: [Int], _ mappings: [AxisMapping]
  ) -> Value {
    result.shape.extents.indices.reduce(result) { value, axis in
      let count = value.shape[axis]
      let isInside = (0..<count).map { place -> Float in
        let source = mappings[axis].scale * Double(place) + mappings[axis].offset
        return source < 0 || source > Double(extents[axis] - 1) ? 0 : 1
      }
      guard isInside.contains(0) else { return value }
      let line = Shape(value.shape.extents.indices.map { $0 == axis ? count : 1 })
      let mask = builder.constant(Tensor(shape: line, elements: isInside))
      return mask.choosing(value, else: builder.constant(number))
    }
  }
}
