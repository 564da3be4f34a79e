import Foundation
import ONNXSchema
import TensorCore

/// Tensors as ONNX messages.
enum TensorEncoding {
  /// 32-bit floating-point numbers as little-endian bytes.
  static func floats(_ tensor: Tensor) -> Onnx_TensorProto {
    let numbers = tensor.elements
    let bytes = [UInt8](capacity: 4 * numbers.count) { bytes in
      for number in numbers { bytes.append(littleEndian: number.bitPattern) }
    }
    return proto(.float, dimensions: tensor.shape.extents, Data(bytes))
  }

  /// A list of 64-bit whole numbers as little-endian bytes.
  static func integers(_ numbers: [Int]) -> Onnx_TensorProto {
    let bytes = [UInt8](capacity: 8 * numbers.count) { bytes in
      for number in numbers { bytes.append(littleEndian: UInt64(bitPattern: Int64(number))) }
    }
    return proto(.int64, dimensions: [numbers.count], Data(bytes))
  }

  /// What is said about an input or output of a model; the first dimension may have a name instead
  /// of an extent.
  static func info(
    _ name: String, _ shape: Shape, _ sampleAxis: String? = nil
  ) -> Onnx_ValueInfoProto {
    var type = Onnx_TypeProto.Tensor()
    type.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
    // An empty shape says that the rank is 0; none would say that it is not known.
    type.shape = Onnx_TensorShapeProto()
    type.shape.dim = shape.extents.map { extent in
      var dimension = Onnx_TensorShapeProto.Dimension()
      dimension.dimValue = Int64(extent)
      return dimension
    }
    if let sampleAxis, shape.rank > 0 { type.shape.dim[0].dimParam = sampleAxis }
    var info = Onnx_ValueInfoProto()
    info.name = name
    info.type.tensorType = type
    return info
  }

  private static func proto(
    _ type: Onnx_TensorProto.DataType, dimensions: [Int], _ bytes: Data
  ) -> Onnx_TensorProto {
    var proto = Onnx_TensorProto()
    proto.dataType = Int32(type.rawValue)
    proto.dims = dimensions.map { Int64($0) }
    proto.rawData = bytes
    return proto
  }
}

extension OutputSpan<UInt8> {
  /// Appends the bytes of a number, lowest first.
  fileprivate mutating func append(littleEndian number: some FixedWidthInteger) {
    for byte in 0..<number.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: number >> (8 * byte)))
    }
  }
}
