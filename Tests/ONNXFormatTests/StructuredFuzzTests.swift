import Foundation
import ONNXSchema
import SwiftProtobuf
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Sound files with senseless contents are refused with an error or read.
struct StructuredFuzzTests {
  @Test(.needsShared("data/onnx-conformance"))
  func senselessModelsAreReadOrRefused() throws {
    var generator = SeededGenerator(seed: 7)
    var outcomes = (read: 0, refused: 0)
    let root = try #require(SharedData.folder("data/onnx-conformance"))
    for item in ConformanceCase.all(in: root) {
      let file = item.folder.appending(path: "model.onnx")
      let original = try Onnx_ModelProto(serializedBytes: try Data(contentsOf: file))
      for round in 0..<40 {
        var model = original
        if round % 2 == 0 { bindInputs(&model, using: &generator) }
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          damage(&model, using: &generator)
        }
        do {
          _ = try ONNXFile(try model.serializedData(), name: item.name).imported(batch: 2)
          outcomes.read += 1
        } catch let error as ONNXError {
          #expect(!error.description.isEmpty)
          outcomes.refused += 1
        }
      }
    }
    print("\(outcomes.read) senseless models read, \(outcomes.refused) refused")
    #expect(outcomes.read > 100)
    #expect(outcomes.refused > 500)
  }

  /// Numbers that are likely to upset arithmetic.
  private func number(using generator: inout SeededGenerator) -> Int64 {
    let special: [Int64] = [
      -1, 0, 1, 2, 3, 5, -2, -3, 7, 100, 1 << 16, 1 << 24, 1 << 31, (1 << 31) - 1, -(1 << 31),
      1 << 40,
      .max, .min, .max - 1, 1 << 62,
    ]
    return special.randomElement(using: &generator) ?? 0
  }

  /// Makes inputs behind the first into known integers, as exporters do.
  private func bindInputs(_ model: inout Onnx_ModelProto, using generator: inout SeededGenerator) {
    for info in model.graph.input.dropFirst() {
      var tensor = Onnx_TensorProto()
      tensor.name = info.name
      tensor.dataType = 7
      let count = Int.random(in: 0...4, using: &generator)
      tensor.dims =
        Bool.random(using: &generator) ? [Int64(count)] : count == 1 ? [] : [1, Int64(count)]
      tensor.int64Data = (0..<count).map { _ in
        Bool.random(using: &generator)
          ? Int64.random(in: -4...4, using: &generator) : number(using: &generator)
      }
      model.graph.initializer.append(tensor)
    }
  }

  private func damage(_ model: inout Onnx_ModelProto, using generator: inout SeededGenerator) {
    guard let index = model.graph.node.indices.randomElement(using: &generator) else { return }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0...3: damageAttribute(&model.graph.node[index], using: &generator)
    case 4, 5: damageDimension(&model, using: &generator)
    case 6:
      let others = ImportCatalog.entries.map(\.operatorType)
      model.graph.node[index].opType = others.randomElement(using: &generator) ?? ""
    case 7:
      model.graph.node[index].input = model.graph.node[index].input.shuffled(using: &generator)
    case 8: model.opsetImport[0].version = Int64.random(in: 5...29, using: &generator)
    default:
      if let position = model.graph.node[index].input.indices.randomElement(using: &generator) {
        model.graph.node[index].input[position] = ""
      }
    }
  }

  private func damageAttribute(
    _ node: inout Onnx_NodeProto, using generator: inout SeededGenerator
  ) {
    guard let index = node.attribute.indices.randomElement(using: &generator) else {
      var attribute = Onnx_AttributeProto()
      attribute.name =
        ["axis", "axes", "pads", "ceil_mode", "keepdims", "blocksize", "size"]
        .randomElement(using: &generator) ?? ""
      attribute.i = number(using: &generator)
      attribute.ints = [number(using: &generator), number(using: &generator)]
      node.attribute.append(attribute)
      return
    }
    var attribute = node.attribute[index]
    attribute.i = number(using: &generator)
    attribute.f = [0, -1, .nan, .infinity, 1e30].randomElement(using: &generator) ?? 0
    if let position = attribute.ints.indices.randomElement(using: &generator) {
      attribute.ints[position] = number(using: &generator)
    }
    if Int.random(in: 0..<4, using: &generator) == 0 { attribute.ints.append(1) }
    if Int.random(in: 0..<4, using: &generator) == 0 { attribute.s = Data("SAME_UPPER".utf8) }
    node.attribute[index] = attribute
  }

  private func damageDimension(
    _ model: inout Onnx_ModelProto, using generator: inout SeededGenerator
  ) {
    guard let index = model.graph.input.indices.randomElement(using: &generator) else { return }
    var dimensions = model.graph.input[index].type.tensorType.shape.dim
    var dimension = Onnx_TensorShapeProto.Dimension()
    dimension.dimValue = number(using: &generator)
    let position = dimensions.indices.randomElement(using: &generator)
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: dimensions.append(dimension)
    case 1: if let position { dimensions.remove(at: position) }
    default: if let position { dimensions[position] = dimension }
    }
    model.graph.input[index].type.tensorType.shape.dim = dimensions
  }
}
