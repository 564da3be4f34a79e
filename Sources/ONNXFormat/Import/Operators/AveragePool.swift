import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Average pooling.
  static let averagePool = ImportFamily(
    "AveragePool",
    [
      ImportEntry(
        "AveragePool", "an average pooling, times a constant where padding is left out", averagePool
      )
    ])

  private static func averagePool(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.value(0, minimumRank: 3)
    let kernel = try WindowAttributes.poolingKernel(site.attributes)
    let attributes = try WindowAttributes(
      site.attributes, kernel: kernel, rank: input.shape.rank - 2)
    let positions = input.shape.positions
    let window = try attributes.window(
      input: positions, roundsUp: try site.attributes.flag("ceil_mode", default: false))
    let pooling = AveragePooling(PoolingWindow(kernel: kernel, window: window))
    let pooled = try site.checked(site.builder.apply(pooling, [input]))
    let isPaddingCounted = try site.attributes.flag("count_include_pad", default: false)
    let declared = try attributes.resolvedPadding(input: positions)
    var result = pooled
    guard pooled.shape.positions.allSatisfy({ $0 <= HostTensor.maximumFoldedCount }) else {
      throw ONNXError(.outOfScope, "a pooling to \(pooled.shape) is too large")
    }
    for axis in positions.indices {
      let before = isPaddingCounted ? declared.before[axis] : 0
      let after = isPaddingCounted ? declared.after[axis] : 0
      let corrections = (0..<pooled.shape.positions[axis]).map { placement -> Float in
        let start = placement * window.strides[axis] - window.paddingBefore[axis]
        let counted = tapCount(
          kernel[axis], start: start, dilation: window.dilations[axis],
          range: -before..<(positions[axis] + after))
        return counted == 0 ? 0 : Float(Double(kernel[axis]) / Double(counted))
      }
      guard corrections.contains(where: { $0 != 1 }) else { continue }
      var extents = [Int](repeating: 1, count: input.shape.rank)
      extents[axis + 2] = corrections.count
      result = result * site.builder.constant(Tensor(shape: Shape(extents), elements: corrections))
    }
    return [.computed(result, .float32)]
  }

  /// How many taps `start + i · dilation` lie in a range.
  private static func tapCount(
    _ taps: Int, start: Int, dilation: Int, range: Range<Int>
  ) -> Int {
    let below = max(0, (range.lowerBound - start + dilation - 1) / dilation)
    let beyond = max(0, range.upperBound - start + dilation - 1) / dilation
    return max(0, min(taps, beyond) - min(taps, below))
  }
}
