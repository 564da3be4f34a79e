import ExplanationQuality
import Explanations
import Foundation
import GraphExecution
import TensorCore

/// Vitrine's side of the comparison of metrics; `python/peers.py` is the other one.
enum JudgeServer {
  /// Answers requests, each with a line of JSON.
  ///
  /// What goes wrong is answered by `error MESSAGE`. Requests are:
  ///
  ///     scores                      the raw scores of the whole picture
  ///     measure MAPS METRIC…        values of the first maps, with the time they took
  ///     compose MAPS METRIC…        the time that making the masked inputs alone takes
  ///     write FILE.npz METRIC       masks and inputs that a metric of the first map asks for
  ///     quit
  ///
  /// - Parameters:
  ///   - words: A network's file, and that of a picture with maps.
  ///   - networks: How programs are compiled.
  ///   - batch: How many masked inputs run at once; nil chooses.
  /// - Throws: What is wrong with the words or the files.
  static func serve(_ words: [String], _ networks: Networks, batch: Int?) throws {
    guard words.count == 2 else {
      throw BenchmarkError("vitrine-bench judge NETWORK.onnx PICTURE.npz")
    }
    let judge = try MapJudge(
      Model(contentsOf: networks.directory.appendingPathComponent(words[0])),
      JudgedPicture(contentsOf: networks.directory.appendingPathComponent(words[1])),
      options: networks.options, batch: batch)
    while let line = readLine(), line != "quit" {
      do {
        print(try answer(line.split(separator: " ").map { String($0) }, judge, networks))
      } catch {
        print("error \(error)")
      }
      fflush(nil)
    }
  }

  private static func answer(
    _ words: [String], _ judge: MapJudge, _ networks: Networks
  ) throws -> String {
    let metrics = { try ChosenMetric.list(Array(words.dropFirst(2))) }
    switch words.first {
    case "scores": return try json(judge.scores)
    case "measure" where words.count > 2:
      return try json(judge.measure(metrics(), maps: Int(words[1]) ?? 1))
    case "compose" where words.count > 2:
      return try json(judge.compose(metrics(), maps: Int(words[1]) ?? 1))
    case "write" where words.count == 3:
      try judge.write(metrics()[0], to: networks.directory.appendingPathComponent(words[1]))
      return "{}"
    default: throw BenchmarkError("unknown request: \(words.joined(separator: " "))")
    }
  }

  private static func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  /// Writes maps of a picture: `maps` `[maps, positions…]`, by method and then by layer.
  ///
  /// - Parameters:
  ///   - words: A network's file, one with a `picture`, the one to be written, and methods and layers, each
  ///     with commas between them.
  ///   - networks: How programs are compiled.
  /// - Throws: What is wrong with the words, and what explaining throws.
  static func writeMaps(_ words: [String], _ networks: Networks) throws {
    guard words.count == 5 else {
      throw BenchmarkError("vitrine-bench maps NETWORK.onnx PICTURE.npz MAPS.npz METHODS LAYERS")
    }
    let files = words[..<3].map(networks.directory.appendingPathComponent)
    let lists = words[3...].map { $0.split(separator: ",").map { String($0) } }
    let model = try Model(contentsOf: files[0])
    let plan = try ExplanationPlan(
      model, methods: lists[0].map { try ChosenMethod($0) }, layers: lists[1])
    let picture = try NPZArchive(contentsOf: files[1])["picture"]
    let explanations = try Explainer(model, plan, options: networks.options)
      .explain([picture])[0].explanations
    for explanation in explanations {
      print("\(explanation.method.method.id) \(explanation.layer?.name ?? "input")")
    }
    try NPZArchive.write([("maps", Tensor.stack(explanations.map(\.aligned)))], to: files[2])
  }
}
