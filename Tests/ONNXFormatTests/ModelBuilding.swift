import Foundation
import ONNXSchema
import SwiftProtobuf

@testable import ONNXFormat

/// Small ONNX models written by hand.
enum TestModel {
  /// A file with one operator set.
  static func file(_ graph: Onnx_GraphProto, opset: Int64 = 17) throws -> ONNXFile {
    try ONNXFile(try data(graph, opset: opset), name: "test.onnx")
  }

  /// The bytes of a file.
  static func data(_ graph: Onnx_GraphProto, opset: Int64 = 17) throws -> Data {
    var model = Onnx_ModelProto()
    model.irVersion = 8
    model.graph = graph
    var version = Onnx_OperatorSetIdProto()
    version.version = opset
    model.opsetImport = [version]
    return try model.serializedData()
  }

  /// A graph whose inputs have dimensions that are numbers or names.
  static func graph(
    inputs: [(String, [String])], outputs: [String], nodes: [Onnx_NodeProto],
    initializers: [Onnx_TensorProto] = []
  ) -> Onnx_GraphProto {
    var graph = Onnx_GraphProto()
    graph.name = "test"
    graph.input = inputs.map { input($0.0, $0.1) }
    graph.output = outputs.map { name in
      var info = Onnx_ValueInfoProto()
      info.name = name
      return info
    }
    graph.node = nodes
    graph.initializer = initializers
    return graph
  }

  private static func input(_ name: String, _ dimensions: [String]) -> Onnx_ValueInfoProto {
    var info = Onnx_ValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = 1
    info.type.tensorType.shape.dim = dimensions.map { text in
      var dimension = Onnx_TensorShapeProto.Dimension()
      if let extent = Int64(text) { dimension.dimValue = extent } else { dimension.dimParam = text }
      return dimension
    }
    return info
  }

  /// A node.
  static func node(
    _ operatorType: String, _ inputs: [String], _ outputs: [String], name: String = "",
    ints: [String: [Int64]] = [:], domain: String = "", numbers: [String: Float] = [:],
    lists: [String: [Float]] = [:], words: [String: String] = [:], flags: [String: Int64] = [:]
  ) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    node.opType = operatorType
    node.name = name
    node.domain = domain
    node.input = inputs
    node.output = outputs
    node.attribute =
      ints.map { attribute($0.key, .ints) { $0.ints = $1 }($0.value) }
      + numbers.map { attribute($0.key, .float) { $0.f = $1 }($0.value) }
      + lists.map { attribute($0.key, .floats) { $0.floats = $1 }($0.value) }
      + words.map { attribute($0.key, .string) { $0.s = Data($1.utf8) }($0.value) }
      + flags.map { attribute($0.key, .int) { $0.i = $1 }($0.value) }
    return node
  }

  private static func attribute<Setting>(
    _ name: String, _ type: Onnx_AttributeProto.AttributeType,
    _ set: @escaping (inout Onnx_AttributeProto, Setting) -> Void
  ) -> (Setting) -> Onnx_AttributeProto {
    { setting in
      var attribute = Onnx_AttributeProto()
      attribute.name = name
      attribute.type = type
      set(&attribute, setting)
      return attribute
    }
  }

  /// A single-precision initializer.
  static func floats(_ name: String, _ dims: [Int64], _ values: [Float]) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dims = dims
    tensor.dataType = 1
    tensor.floatData = values
    return tensor
  }

  /// An integer initializer.
  static func integers(_ name: String, _ values: [Int64]) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dims = [Int64(values.count)]
    tensor.dataType = 7
    tensor.int64Data = values
    return tensor
  }
}
