import Foundation
import ONNXSchema

/// The attributes of a node, read by name and checked for type.
struct NodeAttributes {
  private let attributes: [String: Onnx_AttributeProto]

  /// Collects the attributes of a node.
  ///
  /// - Throws: `ONNXError` when one occurs twice or refers to a function's parameter.
  init(_ node: Onnx_NodeProto) throws(ONNXError) {
    var attributes: [String: Onnx_AttributeProto] = [:]
    for attribute in node.attribute {
      guard attributes.updateValue(attribute, forKey: attribute.name) == nil else {
        throw ONNXError(.malformedFile, "attribute \(attribute.name) occurs twice")
      }
      guard attribute.refAttrName.isEmpty else {
        throw ONNXError(.outOfScope, "attribute \(attribute.name) refers to a function parameter")
      }
    }
    self.attributes = attributes
  }

  /// Whether the attribute is given.
  func has(_ name: String) -> Bool { attributes[name] != nil }

  /// An integer, clamped to ±2⁴⁰.
  func integer(_ name: String) throws(ONNXError) -> Int? {
    try attribute(name, .int).map { Self.clamped($0.i) }
  }

  /// An integer with a default.
  func integer(_ name: String, default standard: Int) throws(ONNXError) -> Int {
    try integer(name) ?? standard
  }

  /// A truth value with a default.
  func flag(_ name: String, default standard: Bool) throws(ONNXError) -> Bool {
    try integer(name).map { $0 != 0 } ?? standard
  }

  /// A list of integers, clamped to ±2⁴⁰.
  func integers(_ name: String) throws(ONNXError) -> [Int]? {
    try attribute(name, .ints).map { $0.ints.map(Self.clamped) }
  }

  /// A number.
  func float(_ name: String) throws(ONNXError) -> Float? {
    try attribute(name, .float)?.f
  }

  /// A number with a default.
  func float(_ name: String, default standard: Float) throws(ONNXError) -> Float {
    try float(name) ?? standard
  }

  /// A list of numbers.
  func floats(_ name: String) throws(ONNXError) -> [Float]? {
    try attribute(name, .floats)?.floats
  }

  /// A text with a default.
  func text(_ name: String, default standard: String) throws(ONNXError) -> String {
    guard let attribute = try attribute(name, .string) else { return standard }
    guard let text = String(data: attribute.s, encoding: .utf8) else {
      throw ONNXError(.malformedFile, "attribute \(name) is not text")
    }
    return text
  }

  /// A list of texts.
  func texts(_ name: String) throws(ONNXError) -> [String]? {
    guard let attribute = try attribute(name, .strings) else { return nil }
    return attribute.strings.map { String(decoding: $0, as: UTF8.self) }
  }

  /// A graph of its own.
  func graph(_ name: String) throws(ONNXError) -> Onnx_GraphProto? {
    try attribute(name, .graph)?.g
  }

  /// A tensor message.
  func tensor(_ name: String) throws(ONNXError) -> Onnx_TensorProto? {
    try attribute(name, .tensor)?.t
  }

  private func attribute(
    _ name: String, _ type: Onnx_AttributeProto.AttributeType
  ) throws(ONNXError) -> Onnx_AttributeProto? {
    guard let attribute = attributes[name] else { return nil }
    guard !attribute.hasType || attribute.type == .undefined || attribute.type == type else {
      throw ONNXError(
        .malformedFile, "attribute \(name) has type \(attribute.type), not \(type)")
    }
    return attribute
  }

  private static func clamped(_ integer: Int64) -> Int {
    Int(min(max(integer, -HostTensor.maximumInteger), HostTensor.maximumInteger))
  }
}
