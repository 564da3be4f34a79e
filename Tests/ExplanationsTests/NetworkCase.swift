import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

/// A network as people have them, with what the runtime and automatic differentiation make of it: a
/// folder of `cases/networks`.
struct NetworkCase: CustomStringConvertible, Sendable {
  /// A map that was computed independently.
  struct Map: Decodable, Sendable {
    /// Its names in `expected.npz`: what is before a colon tells maps of a case apart.
    let keys: [String]
    /// The layer that it is made of.
    let layer: String
    /// What it explains, in words.
    let target: String

    /// Whether it explains the highest score.
    var explainsTopClass: Bool { target.contains("the top class") }
  }

  private struct Contents: Decodable {
    struct Input: Decodable {
      let file: String
    }
    let inputs: [String: Input]
    let outputs: [String: [Int]]
    let maps: [Map]
  }

  let name: String
  private let contents: Contents

  var description: String { name }

  /// The cases that there are; none without the shared folder.
  static let all: [NetworkCase] = {
    guard let root = SharedData.folder("cases/networks"),
      let names = try? FileManager.default.contentsOfDirectory(atPath: root.path())
    else { return [] }
    return names.sorted().compactMap { try? NetworkCase($0, in: root) }
  }()

  private init(_ name: String, in root: URL) throws {
    let data = try Data(contentsOf: root.appending(path: "\(name)/case.json"))
    contents = try JSONDecoder().decode(Contents.self, from: data)
    self.name = name
  }

  /// The maps; the first is of the layer that is taken by default.
  var maps: [Map] { contents.maps }

  /// The names of the outputs.
  var outputs: [String] { contents.outputs.keys.sorted() }

  private func file(_ path: String) throws -> URL {
    try #require(SharedData.folder("cases/networks/\(name)/\(path)"))
  }

  /// The network.
  func model(_ shapes: InputShapes = InputShapes()) throws -> Model {
    try Model(contentsOf: file("model.onnx"), inputShapes: shapes)
  }

  /// What ONNX Runtime and torch computed.
  func expected() throws -> NPZArchive { try NPZArchive(contentsOf: file("expected.npz")) }

  /// The one input as its file has it, with an axis for samples where the file has one.
  func input() throws -> Tensor {
    let input = try #require(contents.inputs.first?.value)
    return try NPYFile(contentsOf: file(input.file)).tensor
  }
}
