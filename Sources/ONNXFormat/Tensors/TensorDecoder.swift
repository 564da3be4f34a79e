import Foundation
import ONNXSchema
import TensorCore

/// Turns tensor messages into numbers, checking every size before anything is allocated.
struct TensorDecoder {
  /// Where data beside the model is read from.
  let external: ExternalData

  /// The largest extent an axis may have.
  static let maximumExtent = 1 << 31

  /// Decodes one tensor.
  ///
  /// - Parameters:
  ///   - tensor: The message.
  ///   - raw: The raw data when it was left in the file instead of the message.
  /// - Returns: The numbers, named as the tensor is.
  /// - Throws: `ONNXError` naming the tensor.
  func decode(_ tensor: Onnx_TensorProto, raw: Data? = nil) throws(ONNXError) -> HostTensor {
    do throws(ONNXError) {
      let type = try Self.elementType(Int(tensor.dataType))
      let shape = try Self.shape(tensor.dims)
      let numbers = try numbers(of: tensor, raw: raw, type: type, count: shape.elementCount)
      var decoded = HostTensor(shape: shape, type: type, numbers: numbers)
      decoded.name = tensor.name.isEmpty ? nil : tensor.name
      return decoded
    } catch {
      throw error.located(in: "tensor \"\(tensor.name)\"")
    }
  }

  /// The type with an ONNX number.
  static func elementType(_ code: Int) throws(ONNXError) -> ElementType {
    guard let type = ElementType(code: code) else {
      throw ONNXError(
        .outOfScope, "element type \(ElementType.describe(code: code)) is not supported")
    }
    return type
  }

  /// A shape from extents in a file.
  static func shape(_ extents: [Int64]) throws(ONNXError) -> Shape {
    guard extents.allSatisfy({ (0...Int64(maximumExtent)).contains($0) }), extents.count <= 32
    else {
      throw ONNXError(.malformedFile, "impossible extents \(extents.prefix(33).map { $0 })")
    }
    let shape = Shape(extents.map { Int($0) })
    guard Shape(shape.extents.filter { $0 != 0 }).elementCount <= maximumExtent else {
      throw ONNXError(.malformedFile, "shape \(shape) has more than 2³¹ elements")
    }
    return shape
  }

  private func numbers(
    of tensor: Onnx_TensorProto, raw: Data?, type: ElementType, count: Int
  ) throws(ONNXError) -> HostTensor.Numbers {
    guard !tensor.hasSegment else {
      throw ONNXError(.outOfScope, "tensors in segments are not supported")
    }
    if tensor.dataLocation == .external {
      return try decode(bytes: external.bytes(of: tensor), type: type, count: count)
    }
    if let raw { return try decode(bytes: raw, type: type, count: count) }
    if tensor.hasRawData {
      return try decode(bytes: tensor.rawData, type: type, count: count)
    }
    return try decodeTyped(tensor, type: type, count: count)
  }

  private func decode(
    bytes: Data, type: ElementType, count: Int
  ) throws(ONNXError) -> HostTensor.Numbers {
    guard bytes.count == count * type.byteCount else {
      throw ONNXError(
        .malformedFile,
        "\(count) numbers of type \(type.rawValue) take \(count * type.byteCount) bytes, "
          + "but there are \(bytes.count)")
    }
    let reader = TensorBytes(bytes)
    switch type {
    case .float32: return .floats(reader.float32(count))
    case .float64: return .floats(reader.float64(count))
    case .float16: return .floats(reader.float16(count))
    case .bfloat16: return .floats(reader.bfloat16(count))
    default:
      guard let integers = reader.integers(count, type: type) else {
        throw ONNXError(.outOfScope, "an integer needs more than 63 bits")
      }
      return .integers(integers)
    }
  }

  private func decodeTyped(
    _ tensor: Onnx_TensorProto, type: ElementType, count: Int
  ) throws(ONNXError) -> HostTensor.Numbers {
    func checked<Number>(_ values: [Number]) throws(ONNXError) -> [Number] {
      guard values.count == count else {
        throw ONNXError(
          .malformedFile, "\(count) numbers are declared, but there are \(values.count)")
      }
      return values
    }
    switch type {
    case .float32: return .floats(try checked(tensor.floatData))
    case .float64: return .floats(try checked(tensor.doubleData).map { Float($0) })
    case .float16:
      return .floats(
        try checked(tensor.int32Data).map { HalfPrecision.float(UInt16(truncatingIfNeeded: $0)) })
    case .bfloat16:
      return .floats(
        try checked(tensor.int32Data).map {
          Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16)
        })
    case .int64: return .integers(try checked(tensor.int64Data))
    case .uint32, .uint64:
      return .integers(try checked(tensor.uint64Data).map { Int64(clamping: $0) })
    case .bool: return .integers(try checked(tensor.int32Data).map { $0 == 0 ? 0 : 1 })
    case .int8, .int16, .int32, .uint8, .uint16:
      return .integers(try checked(tensor.int32Data).map { Int64($0) })
    }
  }
}
