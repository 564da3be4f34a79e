import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Conversions between element types.
  static let cast = ImportFamily(
    "Cast",
    [
      ImportEntry("Cast", "fractions are cut off for integers; truth values become 0 and 1") {
        (site) throws(ONNXError) in
        guard let code = try site.attributes.integer("to") else {
          throw ONNXError(.malformedFile, "the attribute `to` is missing")
        }
        return [site.cast(try site.input(0), to: try TensorDecoder.elementType(code))]
      },
      ImportEntry("CastLike", "a cast to the type of the second input") {
        (site) throws(ONNXError) in
        [site.cast(try site.input(0), to: try site.input(1).type)]
      },
    ])
}

extension ImportSite {
  /// The value as another type; floating-point types keep single precision.
  func cast(_ input: ImportedValue, to type: ElementType) -> ImportedValue {
    if input.type == type { return input }
    guard let tensor = input.foldable else {
      return .computed(cast(pool.value(input), input.type, type), type)
    }
    if type == .bool {
      let truths = tensor.doubles.map { $0 == 0 ? 0.0 : 1 }
      return .known(HostTensor(shape: tensor.shape, type: type, doubles: truths))
    }
    if case .integers = tensor.numbers, type == .int64 || type == .uint64 {
      return .known(HostTensor(shape: tensor.shape, type: type, numbers: tensor.numbers))
    }
    return .known(HostTensor(shape: tensor.shape, type: type, doubles: tensor.doubles))
  }

  private func cast(_ value: Value, _ from: ElementType, _ to: ElementType) -> Value {
    if to == .bool {
      return 1 - value.isEqual(to: builder.constant(0))
    }
    return from.isFloatingPoint && !to.isFloatingPoint ? truncated(value) : value
  }
}
