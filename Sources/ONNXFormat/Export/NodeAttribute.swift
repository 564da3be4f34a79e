import Foundation
import ONNXSchema

/// A setting of an ONNX operator.
struct NodeAttribute {
  /// The encoded setting.
  let proto: Onnx_AttributeProto

  private init(_ name: String, _ type: Onnx_AttributeProto.AttributeType) {
    var proto = Onnx_AttributeProto()
    proto.name = name
    proto.type = type
    self.proto = proto
  }

  private init(_ base: NodeAttribute, _ set: (inout Onnx_AttributeProto) -> Void) {
    var proto = base.proto
    set(&proto)
    self.proto = proto
  }

  /// A whole number.
  static func integer(_ name: String, _ value: Int) -> NodeAttribute {
    NodeAttribute(NodeAttribute(name, .int)) { $0.i = Int64(value) }
  }

  /// A list of whole numbers.
  static func integers(_ name: String, _ values: [Int]) -> NodeAttribute {
    NodeAttribute(NodeAttribute(name, .ints)) { $0.ints = values.map { Int64($0) } }
  }

  /// A word.
  static func word(_ name: String, _ value: String) -> NodeAttribute {
    NodeAttribute(NodeAttribute(name, .string)) { $0.s = Data(value.utf8) }
  }

  /// A graph of its own.
  static func graph(_ name: String, _ value: Onnx_GraphProto) -> NodeAttribute {
    NodeAttribute(NodeAttribute(name, .graph)) { $0.g = value }
  }
}
