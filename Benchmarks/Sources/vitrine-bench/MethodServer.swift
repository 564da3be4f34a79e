import Explanations
import Foundation
import GraphExecution
import TensorCore

/// Vitrine's side of the comparison of methods; `python/peers_methods.py` is the other one.
struct MethodServer {
  /// What explaining a picture once took.
  private struct Answer: Encodable {
    /// Milliseconds by the clock.
    let milliseconds: Double
    /// Milliseconds of processors, of all threads together.
    let processor: Double
    /// The explained class.
    let label: Int
    /// How far the map misses what it divides, as a share of that; nil for maps that divide nothing.
    let gap: Double?
  }

  private let model: Model
  private let picture: Tensor
  private let networks: Networks
  private let batch: Int?
  private var explainers: [String: Explainer] = [:]

  /// Answers requests, each with a line of JSON; a method is written as `ID:SETTING=VALUE:…`, and a layer
  /// by its name, or `input`.
  ///
  /// What goes wrong is answered by `error MESSAGE`. Requests are:
  ///
  ///     explain METHOD LAYER            the time that a map takes
  ///     write FILE.npz METHOD LAYER     the same; `map` `[positions…]` of the layer or input is written
  ///     quit
  ///
  /// - Parameters:
  ///   - words: A network's file, and that of a picture as the network takes it.
  ///   - networks: How programs are compiled.
  ///   - batch: How many inputs run at once; nil chooses.
  /// - Throws: What is wrong with the words or the files.
  static func serve(_ words: [String], _ networks: Networks, batch: Int?) throws {
    guard words.count == 2 else {
      throw BenchmarkError("vitrine-bench methods NETWORK.onnx PICTURE.npz")
    }
    let files = words.map(networks.directory.appendingPathComponent)
    var server = MethodServer(
      model: try Model(contentsOf: files[0]),
      picture: try NPZArchive(contentsOf: files[1])["picture"], networks: networks, batch: batch)
    while let line = readLine(), line != "quit" {
      do {
        print(try server.answer(line.split(separator: " ").map { String($0) }))
      } catch {
        print("error \(error)")
      }
      fflush(nil)
    }
  }

  private mutating func answer(_ words: [String]) throws -> String {
    switch words.first {
    case "explain" where words.count == 3:
      return try timed(words[1], at: words[2]) { _ in }
    case "write" where words.count == 4:
      let file = networks.directory.appendingPathComponent(words[1])
      return try timed(words[2], at: words[3]) { map in
        try NPZArchive.write([("map", map)], to: file)
      }
    default: throw BenchmarkError("unknown request: \(words.joined(separator: " "))")
    }
  }

  /// Explains the picture, and hands on the map.
  private mutating func timed(
    _ method: String, at layer: String, map: (Tensor) throws -> Void
  ) throws -> String {
    let explainer = try explainer(method, layer)
    let watch = Stopwatch()
    let found = try explainer.explain([picture])[0].explanations[0]
    let answer = Answer(
      milliseconds: watch.milliseconds, processor: watch.processor, label: found.classIndex ?? -1,
      gap: found.completeness?.gap)
    try map(found.map)
    return String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
  }

  /// What explains by a method at a layer; made at first use.
  private mutating func explainer(_ text: String, _ layer: String) throws -> Explainer {
    let key = "\(text) \(layer)"
    if let explainer = explainers[key] { return explainer }
    let words = text.split(separator: ":").map { String($0) }
    var settings: [String: String] = [:]
    for word in words.dropFirst() {
      let pair = word.split(separator: "=", maxSplits: 1).map { String($0) }
      guard pair.count == 2 else { throw BenchmarkError("\(word) is no setting") }
      settings[pair[0]] = pair[1]
    }
    let plan = try ExplanationPlan(
      model, methods: [ChosenMethod(words.first ?? "", settings: settings)],
      layers: layer == "input" ? [] : [layer])
    let explainer = Explainer(model, plan, options: networks.options, batch: batch)
    explainers[key] = explainer
    return explainer
  }
}
