import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXFormat
import TensorCore

/// What a person asks for: where the time goes, and whether the numbers are right.
enum Reports {
  /// The steps of a program, slowest first, with the least of many times.
  static func profile(
    _ names: [String], _ measurements: Measurements, limit: Int = 60
  ) throws {
    var measurements = measurements
    for name in names {
      let job = try measurements.job(name)
      var best = try job.profile()
      for _ in 0..<20 {
        for (index, step) in try job.profile().enumerated() {
          best[index].seconds = min(best[index].seconds, step.seconds)
        }
      }
      let total = best.reduce(0) { $0 + $1.seconds }
      print("\(name): \(best.count) steps, \(milliseconds(total)) ms")
      var kinds: [String: (count: Int, seconds: Double)] = [:]
      for step in best {
        let first = step.step.prefix { $0 != " " && $0 != "[" }
        let kind = step.step.contains("backward") ? "\(first) backward" : String(first)
        kinds[kind, default: (0, 0)].count += 1
        kinds[kind, default: (0, 0)].seconds += step.seconds
      }
      for (kind, sum) in kinds.sorted(by: { $0.value.seconds > $1.value.seconds }) {
        print("  \(milliseconds(sum.seconds))  \(sum.count) × \(kind)")
      }
      print("")
      for step in best.sorted(by: { $0.seconds > $1.seconds }).prefix(limit) {
        print("  \(milliseconds(step.seconds))  \(step.step)")
      }
    }
  }

  /// Least and median of many runs.
  static func time(_ names: [String], _ measurements: Measurements) throws {
    var measurements = measurements
    let clock = ContinuousClock()
    for name in names.isEmpty ? Measurements.entries.map(\.name) : names {
      let start = clock.now
      _ = try measurements.run(name)
      let preparation = (clock.now - start) / .milliseconds(1)
      var times: [Double] = []
      let begin = clock.now
      while times.count < 7 || clock.now - begin < .seconds(2) {
        times.append(try measurements.run(name))
      }
      times.sort()
      print(
        "\(name): least \(milliseconds(times[0] / 1000)) median"
          + " \(milliseconds(times[times.count / 2] / 1000)) ms; prepared and"
          + " run first in \(milliseconds(preparation / 1000)) ms")
    }
  }

  /// Compares maps and logits with the reference files; throws when they differ.
  static func check(_ networks: Networks) throws {
    var worst = 0.0
    for (network, layers) in [("resnet50", ["layer4", "layer2"]), ("resnet1d", ["layer6"])] {
      let url = networks.directory.appendingPathComponent("\(network)-reference.npz")
      let archive = try NPZArchive(contentsOf: url)
      for layer in layers {
        let (input, logits) = (try archive["input"], try archive["logits"])
        let map = try archive["\(layer)/grad_cam"]
        let graph = try networks.gradCAM(
          network, layer: layer, batch: input.shape[0],
          targets: try archive["target"].elements.map { Int($0) })
        let program = try Program(graph, options: networks.options)
        let results = try program.run([graph.inputs[0].name: input])
        for (name, expected) in [(graph.outputs[0].name, logits), ("map", map)] {
          let actual = results[name]?.elements ?? []
          let difference = deviation(actual, expected.elements)
          print("\(network) \(layer) \(name): \(difference) of the range")
          worst = max(worst, difference)
        }
      }
    }
    guard worst < (networks.options.precision == .float32 ? 1e-4 : 0.05) else {
      throw BenchmarkError("results differ from the reference")
    }
  }

  private static func deviation(_ actual: [Float], _ expected: [Float]) -> Double {
    guard actual.count == expected.count, let top = expected.max(), let bottom = expected.min()
    else { return .infinity }
    let difference = zip(actual, expected).map { abs($0 - $1) }.max() ?? 0
    return Double(difference / max(top - bottom, .leastNormalMagnitude))
  }

  /// How long the first answer of a network takes, by stage.
  static func start(_ names: [String], _ networks: Networks) throws {
    let clock = ContinuousClock()
    for name in names {
      var last = clock.now
      func lap(_ stage: String) {
        print("  \(milliseconds((clock.now - last) / .seconds(1))) ms  \(stage)\(memory())")
        last = clock.now
      }
      let file = try ONNXFile(contentsOf: URL(fileURLWithPath: name))
      lap("read")
      let imported = try file.graph()
      lap("import")
      let graph = try imported.canonicalized()
      lap("canonicalize")
      let program = try Program(graph, options: networks.options)
      lap("compile")
      let input = graph.inputs[0]
      let inputs = [input.name: Tensor(shape: input.shape, repeating: 0.5)]
      _ = try program.run(inputs)
      lap("first run")
      _ = try program.run(inputs)
      lap("second run")
    }
  }

  /// The memory in use now and at its highest, where the system tells.
  private static func memory() -> String {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return ""
    }
    let lines = status.split(separator: "\n").filter {
      $0.hasPrefix("VmHWM") || $0.hasPrefix("VmRSS")
    }
    return lines.map { ", " + $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .joined()
  }

  private static func milliseconds(_ seconds: Double) -> String {
    let text = String((seconds * 1e6).rounded() / 1e3)
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }
}
