import GraphIR
import Operations
import TensorCore

/// How real numbers are integers: `scale · (q − zero)`.
struct Quantization {
  /// The size of a step, one number or shaped to broadcast.
  let scale: ImportedValue

  /// The integer that stands for 0; nil when it is 0.
  let zero: ImportedValue?
}

/// Quantized numbers are computed as integers in single precision, exactly up to 2²⁴.
extension ImportSite {
  /// The quantization that two inputs give for a value.
  ///
  /// - Parameters:
  ///   - scale: The index of the input with the scale.
  ///   - zero: The index of the input with the zero point, which may be left out.
  ///   - shape: The shape of the value.
  ///   - axis: The axis along which there is one scale each, if there are several.
  ///   - blockSize: How many neighbors along the axis share a scale.
  /// - Returns: Parameters that broadcast to the shape.
  /// - Throws: `ONNXError` when they do not fit the shape.
  func quantization(
    scale: Int, zero: Int, of shape: Shape, axis: Int = 1, blockSize: Int = 0
  ) throws(ONNXError) -> Quantization {
    func spread(_ parameter: ImportedValue) throws(ONNXError) -> ImportedValue {
      if parameter.shape.elementCount == 1 { return try reshaped(parameter, to: []) }
      let axis = try self.axis(axis, rank: shape.rank)
      if blockSize > 0, parameter.shape.rank == shape.rank,
        (shape[axis] + blockSize - 1) / blockSize == parameter.shape[axis]
      {
        return try gathered(parameter, axis, (0..<shape[axis]).map { $0 / blockSize })
      }
      guard parameter.shape == [shape[axis]] else {
        throw ONNXError(
          .malformedFile,
          "scales or zero points \(parameter.shape) do not fit axis \(axis) of \(shape)")
      }
      let ones = [Int](repeating: 1, count: shape.rank - axis - 1)
      return try reshaped(parameter, to: Shape([shape[axis]] + ones))
    }
    let zeroPoint = try optional(zero).map { (parameter) throws(ONNXError) in
      try spread(parameter)
    }
    return Quantization(
      scale: try spread(try input(scale)), zero: zeroPoint?.isZero == true ? nil : zeroPoint)
  }

  /// `round(x / scale) + zero`, saturated.
  ///
  /// Its gradient is that of `x / scale + zero` where nothing saturates: rounding is passed straight
  /// through.
  func quantized(
    _ x: ImportedValue, _ quantization: Quantization, type: ElementType
  ) throws(ONNXError) -> ImportedValue {
    guard let range = type.integerRange, type != .bool else {
      throw ONNXError(.outOfScope, "quantization to \(type.rawValue)")
    }
    let zero = quantization.zero
    if let numbers = x.known, let scale = quantization.scale.known,
      zero == nil || zero?.known != nil
    {
      return .known(numbers.quantized(scale, zero: zero?.known, type: type))
    }
    let steps = pool.value(x) / pool.value(quantization.scale)
    let limits = [range.lowerBound, range.upperBound].map { limit in
      if let zero = zero?.known, zero.count == 1 {
        return builder.constant(Float(limit) - zero.floats[0])
      }
      return zero.map { Float(limit) - pool.value($0) } ?? builder.constant(Float(limit))
    }
    let levels = steps.applying(.roundStraightThrough).maximum(limits[0]).minimum(limits[1])
    guard let zero else { return .computed(levels, type) }
    return zero.shape == []
      ? .centered(levels, zero: zero, type) : .computed(levels + pool.value(zero), type)
  }

  /// `q − zero` as integers that do not wrap.
  func centered(_ q: ImportedValue, _ zero: ImportedValue?) throws(ONNXError) -> ImportedValue {
    if case .centered(let value, let own, _) = q, own.isSame(as: zero) {
      return .computed(value, .int32)
    }
    guard let zero else { return q }
    guard zero.shape.broadcast(with: q.shape) == q.shape else {
      throw ONNXError(.malformedFile, "zero points \(zero.shape) do not broadcast to \(q.shape)")
    }
    if let numbers = q.known, let zero = zero.known { return .known(numbers.subtracting(zero)) }
    return .computed(pool.value(q) - pool.value(zero), .int32)
  }

  /// Sums of products of integers, freed of what rounding and fast algorithms leave on them.
  ///
  /// Nothing is folded into a product across this, so that it stays one of integers.
  func integerSums(_ sums: Value) -> Value { sums.applying(.roundStraightThrough) }

  /// `scale · (q − zero)`.
  func dequantized(
    _ q: ImportedValue, _ quantization: Quantization
  ) throws(ONNXError) -> ImportedValue {
    let distance = try centered(q, quantization.zero)
    if let distance = distance.known, let scale = quantization.scale.known {
      return .known(distance.scaled(by: scale))
    }
    return .computed(pool.value(distance) * pool.value(quantization.scale), .float32)
  }
}

extension ImportedValue {
  /// Whether every number is known to be 0.
  fileprivate var isZero: Bool { known?.doubles.allSatisfy { $0 == 0 } ?? false }

  /// Whether two values are the same number, as far as can be told; nil stands for 0.
  fileprivate func isSame(as other: ImportedValue?) -> Bool {
    if let mine = known, let others = other?.known { return mine.doubles == others.doubles }
    guard let mine = computed, let others = other?.computed else { return false }
    return mine.id == others.id
  }
}

extension HostTensor {
  /// `round(x / scale) + zero` in single precision, saturated.
  fileprivate func quantized(
    _ scale: HostTensor, zero: HostTensor?, type: ElementType
  ) -> HostTensor {
    let scales = scale.spread(over: shape).floats
    let zeros = zero?.spread(over: shape).floats
    let numbers = floats.enumerated().map { index, x in
      let step = (x / scales[scales.count == 1 ? 0 : index]).rounded(.toNearestOrEven)
      return Double(step) + (zeros.map { Double($0[$0.count == 1 ? 0 : index]) } ?? 0)
    }
    return HostTensor(shape: shape, type: type, doubles: numbers)
  }

  /// The integers less others, of a type that holds them.
  fileprivate func subtracting(_ zero: HostTensor) -> HostTensor {
    let zeros = zero.spread(over: shape).integers
    let numbers = integers.enumerated().map { $1 - zeros[zeros.count == 1 ? 0 : $0] }
    return HostTensor(shape: shape, integers: numbers, type: .int32)
  }

  /// The numbers times others, in single precision.
  fileprivate func scaled(by scale: HostTensor) -> HostTensor {
    let scales = scale.spread(over: shape).floats
    let numbers = floats.enumerated().map { $1 * scales[scales.count == 1 ? 0 : $0] }
    return HostTensor(shape: shape, floats: numbers)
  }

  /// One number as it is, several repeated over a shape.
  private func spread(over shape: Shape) -> HostTensor {
    count == 1 ? self : broadcast(to: shape)
  }
}
