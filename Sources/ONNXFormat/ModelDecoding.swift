import Foundation
import ONNXSchema
import SwiftProtobuf

/// A model message and what was left outside it.
struct DecodedModel: Sendable {
  /// The message.
  let proto: Onnx_ModelProto

  /// The version of the default operator set.
  let opset: Int

  /// For initializers whose raw data was left outside the message, where that is.
  let rawData: [Int: RawData]

  /// Decodes the bytes of a file.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - url: Where they can be read again; nil keeps them in memory.
  /// - Throws: `ONNXError` when they are not a model, or one of an unknown operator set.
  init(_ data: Data, url: URL?) throws(ONNXError) {
    let layout = WeightLayout(data, url: url)
    let decoded: Onnx_ModelProto
    do {
      decoded = try Onnx_ModelProto(serializedBytes: layout.skeleton)
    } catch {
      throw ONNXError(
        .malformedFile, "not an ONNX model, or a damaged one (\(data.count) bytes): \(error)")
    }
    guard decoded.hasGraph, !decoded.opsetImport.isEmpty else {
      throw ONNXError(
        .malformedFile, "not an ONNX model: it has no graph or no operator set")
    }
    let versions = decoded.opsetImport.filter { ["", "ai.onnx"].contains($0.domain) }
    guard let version = versions.first?.version else {
      throw ONNXError(.unsupportedOperator, "the model uses no standard ONNX operator set")
    }
    let known = ImportCatalog.opsets
    guard let opset = Int(exactly: version), known.contains(opset) else {
      throw ONNXError(
        .unsupportedOperator,
        "operator set \(version); versions \(known.lowerBound) to \(known.upperBound) are read")
    }
    guard decoded.graph.sparseInitializer.isEmpty else {
      throw ONNXError(.outOfScope, "sparse initializers are not supported")
    }
    proto = decoded
    self.opset = opset
    rawData = layout.rawData
  }

  /// The inputs that are not initializers, without those that nothing reads.
  ///
  /// Exporters leave inputs behind whose numbers they have stored. Where nothing reads any input, these
  /// are all.
  ///
  /// - Throws: `ONNXError` for inputs that are not tensors of numbers.
  func declaredInputs() throws(ONNXError) -> [DeclaredInput] {
    let initializers = Set(proto.graph.initializer.map(\.name))
    let read = Self.namesRead(in: proto.graph)
    let given = proto.graph.input.filter { !initializers.contains($0.name) }
    let needed = given.filter { read.contains($0.name) }
    var inputs: [DeclaredInput] = []
    for info in needed.isEmpty ? given : needed {
      guard case .tensorType(let type)? = info.type.value else {
        throw ONNXError(.outOfScope, "input \"\(info.name)\" is not a tensor")
      }
      guard let elementType = ElementType(code: Int(type.elemType)) else {
        let name = ElementType.describe(code: Int(type.elemType))
        throw ONNXError(.outOfScope, "input \"\(info.name)\" has element type \(name)")
      }
      let dimensions = type.hasShape ? type.shape.dim.map(Self.dimension) : nil
      inputs.append(
        DeclaredInput(name: info.name, dimensions: dimensions, elementType: elementType))
    }
    return inputs
  }

  /// The names that nodes and the bodies of their operators read, and those of outputs.
  private static func namesRead(in graph: Onnx_GraphProto) -> Set<String> {
    var names = Set(graph.output.map(\.name))
    for node in graph.node {
      names.formUnion(node.input)
      for attribute in node.attribute {
        if attribute.hasG { names.formUnion(namesRead(in: attribute.g)) }
        for body in attribute.graphs { names.formUnion(namesRead(in: body)) }
      }
    }
    return names
  }

  /// Extents below one, and names that say nothing, are how some exporters write open dimensions:
  /// two axes of the name `?` need not have the same size.
  private static func dimension(
    _ dimension: Onnx_TensorShapeProto.Dimension
  ) -> DeclaredInput.Dimension {
    switch dimension.value {
    case .dimValue(let extent)?:
      extent < 1 ? .open : .fixed(Int(extent))
    case .dimParam(let name)?: anonymousNames.contains(name) ? .open : .symbolic(name)
    case nil: .open
    }
  }

  /// What exporters write where a dimension has no name.
  private static let anonymousNames: Set = ["", "?", "-1", "None", "none", "*"]
}
