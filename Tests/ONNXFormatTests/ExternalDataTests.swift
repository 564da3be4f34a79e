import Foundation
import ONNXSchema
import SwiftProtobuf
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Data beside the model is read; data elsewhere is not.
struct ExternalDataTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "vitrine-\(UUID().uuidString)")
    let inside = folder.appending(path: "model/parts")
    try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
    let bytes = Data([0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64])
    try bytes.write(to: inside.appending(path: "weights.bin"))
    try bytes.write(to: folder.appending(path: "secret.bin"))
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "model/link.bin"),
      withDestinationURL: folder.appending(path: "secret.bin"))
  }

  private func graph(_ entries: [String: String]) throws -> [Float]? {
    var tensor = Onnx_TensorProto()
    tensor.name = "weights"
    tensor.dims = [2]
    tensor.dataType = 1
    tensor.dataLocation = .external
    tensor.externalData = entries.sorted { $0.key < $1.key }.map { key, value in
      var entry = Onnx_StringStringEntryProto()
      (entry.key, entry.value) = (key, value)
      return entry
    }
    let data = try TestModel.data(
      TestModel.graph(
        inputs: [("x", ["2"])], outputs: ["y"],
        nodes: [TestModel.node("Add", ["x", "weights"], ["y"])],
        initializers: [tensor]))
    let file = folder.appending(path: "model/model.onnx")
    try data.write(to: file)
    let graph = try ONNXFile(contentsOf: file).graph()
    return try referenceOutputs(of: graph, inputs: ["x": Tensor(shape: [2], repeating: 0)])["y"]?
      .elements
  }

  @Test func `a part of a file beside the model is read`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let values = try graph(["location": "parts/weights.bin", "offset": "4", "length": "8"])
    #expect(values == [2, 3])
    #expect(try graph(["location": "parts/weights.bin", "length": "8"]) == [1, 2])
  }

  @Test(arguments: [
    ("../secret.bin", ONNXError.Code.confinement), ("parts/../../secret.bin", .confinement),
    ("/etc/hostname", .confinement), ("link.bin", .confinement), ("absent.bin", .unreadable),
    ("", .malformedFile),
  ])
  func `other places are refused`(location: String, code: ONNXError.Code) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = try #require(throws: ONNXError.self) {
      try graph(["location": location, "length": "8"])
    }
    #expect(error.code == code, "\(error)")
    #expect(error.description.contains("weights"))
  }

  @Test(arguments: [("0", "12"), ("8", "8"), ("-4", "8"), ("99", "8"), ("0", "x")])
  func `parts that do not fit are refused`(offset: String, length: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = try #require(throws: ONNXError.self) {
      try graph(["location": "parts/weights.bin", "offset": offset, "length": length])
    }
    #expect(error.code == .malformedFile, "\(error)")
  }
}
