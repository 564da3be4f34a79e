import Explanations
import Foundation
import GraphExecution
import GraphIR
import TensorCore

/// What can be measured, by the names that the PyTorch side uses too.
///
/// `-bfloat16` behind a name asks for the same with 16-bit convolutions.
struct Measurements {
  /// One measurement: which network, how many samples, and what is computed of them.
  struct Entry {
    /// What is computed.
    enum Work {
      /// The scores.
      case forward
      /// The Grad-CAM map of a layer, as a graph of its own.
      case gradCAM(layer: String)
      /// The map of a method of the catalog, at a layer or at the input.
      case explanation(method: String, settings: [String: String] = [:], layer: String? = nil)
    }

    let name: String
    let network: String
    let count: Int
    let work: Work

    init(_ name: String, _ network: String, count: Int, _ work: Work) {
      self.name = "\(network)-\(name)-\(count)"
      self.network = network
      self.count = count
      self.work = work
    }
  }

  static let entries: [Entry] =
    [1, 8].flatMap { count in
      works.map { Entry($0.name, "resnet50", count: count, $0.work) }
    } + [
      Entry(
        "score-cam-layer4", "resnet50", count: 1,
        .explanation(method: "score-cam", settings: ["channels": "128"], layer: "layer4")),
      Entry("forward", "resnet1d", count: 256, .forward),
      Entry("grad-cam", "resnet1d", count: 256, .gradCAM(layer: "layer6")),
    ]

  /// What is measured of ResNet-50.
  private static let works: [(name: String, work: Entry.Work)] = [
    ("forward", .forward),
    ("grad-cam-layer4", .gradCAM(layer: "layer4")),
    ("grad-cam-layer2", .gradCAM(layer: "layer2")),
    ("relevance-cam-layer4", .explanation(method: "relevance-cam", layer: "layer4")),
    ("relevance-cam-layer2", .explanation(method: "relevance-cam", layer: "layer2")),
    ("relevance-cam-layer1", .explanation(method: "relevance-cam", layer: "layer1")),
    (
      "relevance-cam-plain-layer4",
      .explanation(method: "relevance-cam", settings: ["contrast": "plain"], layer: "layer4")
    ),
    (
      "relevance-cam-plain-layer2",
      .explanation(method: "relevance-cam", settings: ["contrast": "plain"], layer: "layer2")
    ),
    ("relevance-map-layer2", .explanation(method: "relevance-map", layer: "layer2")),
    ("lrp", .explanation(method: "lrp")),
  ]

  let networks: Networks
  private var jobs: [String: Job] = [:]

  init(_ networks: Networks) { self.networks = networks }

  static func entry(_ name: some StringProtocol) throws -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw BenchmarkError("unknown measurement \(name); known: \(entries.map(\.name))")
    }
    return entry
  }

  /// What a measurement runs; compiled at first use.
  mutating func job(_ name: String) throws -> Job {
    if let job = jobs[name] { return job }
    let job: Job
    if name.hasSuffix(Self.shortNumbers) {
      var options = networks.options
      options.precision = .bfloat16
      job = try Job(Self.entry(name.dropLast(Self.shortNumbers.count)), networks.with(options))
    } else {
      job = try Job(Self.entry(name), networks)
    }
    jobs[name] = job
    return job
  }

  private static let shortNumbers = "-bfloat16"

  /// Milliseconds of one run; many spectra are run in parts.
  mutating func run(_ name: String) throws -> Double {
    let job = try job(name)
    let clock = ContinuousClock()
    let start = clock.now
    try job.run()
    return (clock.now - start) / .milliseconds(1)
  }
}

/// A measurement that is ready to run.
struct Job {
  /// Runs once.
  let run: () throws -> Void

  /// Runs once, with the name and seconds of every step.
  let profile: () throws -> [(step: String, seconds: Double)]

  /// Compiles what an entry needs.
  init(_ entry: Measurements.Entry, _ networks: Networks) throws {
    let input = try networks.input(entry.network, count: entry.count)
    if case .explanation(let method, let settings, let layer) = entry.work {
      let explainer = try networks.explainer(
        entry.network, method: method, settings: settings, layer: layer, batch: entry.count)
      let samples = (0..<entry.count).map(input.part)
      run = { _ = try explainer.explain(samples) }
      profile = { try explainer.profile(samples) }
      return
    }
    let graph = { (count: Int) throws -> Graph in
      guard case .gradCAM(let layer) = entry.work else {
        return try networks.graph(entry.network, batch: count)
      }
      return try networks.gradCAM(entry.network, layer: layer, batch: count)
    }
    if entry.count > networks.chunkSize {
      let program = try BatchedProgram(
        chunkSize: networks.chunkSize, options: networks.options, graph: graph)
      run = { _ = try program.run(["input": input]) }
      profile = { throw BenchmarkError("\(entry.name) is run in parts and has no profile") }
    } else {
      let program = try Program(graph(entry.count), options: networks.options)
      run = { _ = try program.run(["input": input]) }
      profile = { try program.profile(["input": input]) }
    }
  }
}
