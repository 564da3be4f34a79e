import Foundation
import GraphExecution
import GraphIR
import TensorCore

/// What can be measured, by the names that the PyTorch side uses too.
struct Measurements {
  /// One measurement: which network, how many samples, and the layer of its map if any.
  struct Entry {
    let name: String
    let network: String
    let count: Int
    var layer: String?
  }

  static let entries: [Entry] =
    [1, 8].flatMap { count in
      [
        Entry(name: "resnet50-forward-\(count)", network: "resnet50", count: count),
        Entry(
          name: "resnet50-grad-cam-layer4-\(count)", network: "resnet50", count: count,
          layer: "layer4"),
        Entry(
          name: "resnet50-grad-cam-layer2-\(count)", network: "resnet50", count: count,
          layer: "layer2"),
      ]
    } + [
      Entry(name: "resnet1d-forward-256", network: "resnet1d", count: 256),
      Entry(name: "resnet1d-grad-cam-256", network: "resnet1d", count: 256, layer: "layer6"),
    ]

  let networks: Networks
  private var prepared: [String: (program: Program, inputs: [String: Tensor])] = [:]

  private var batched: [String: (program: BatchedProgram, inputs: [String: Tensor])] = [:]

  init(_ networks: Networks) { self.networks = networks }

  static func entry(_ name: String) throws -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw BenchmarkError("unknown measurement \(name); known: \(entries.map(\.name))")
    }
    return entry
  }

  /// The graph of a measurement.
  static func graph(_ entry: Entry, _ networks: Networks, count: Int) throws -> Graph {
    guard let layer = entry.layer else {
      return try networks.graph(entry.network, batch: count)
    }
    return try networks.gradCAM(entry.network, layer: layer, batch: count)
  }

  /// The compiled program of a measurement and its inputs; made at first use.
  mutating func program(_ name: String) throws -> (program: Program, inputs: [String: Tensor]) {
    if let known = prepared[name] { return known }
    let entry = try Self.entry(name)
    let graph = try Self.graph(entry, networks, count: entry.count)
    let input = try networks.input(entry.network, count: entry.count)
    let made = (
      try Program(graph, options: networks.options), [graph.inputs[0].name: input]
    )
    prepared[name] = made
    return made
  }

  /// Milliseconds of one run; many spectra are run in parts.
  mutating func run(_ name: String) throws -> Double {
    let clock = ContinuousClock()
    let entry = try Self.entry(name)
    guard entry.count > networks.chunkSize else {
      let (program, inputs) = try program(name)
      let start = clock.now
      _ = try program.run(inputs)
      return (clock.now - start) / .milliseconds(1)
    }
    if batched[name] == nil {
      let networks = networks
      let program = try BatchedProgram(
        chunkSize: networks.chunkSize, options: networks.options
      ) { try Self.graph(entry, networks, count: $0) }
      let input = try networks.input(entry.network, count: entry.count)
      batched[name] = (program, ["input": input])
    }
    guard let (program, inputs) = batched[name] else { return .nan }
    let start = clock.now
    _ = try program.run(inputs)
    return (clock.now - start) / .milliseconds(1)
  }
}
