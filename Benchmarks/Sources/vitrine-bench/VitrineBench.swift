import Foundation
import GraphExecution
import TensorCore

/// Vitrine's side of the comparison; see `Benchmarks/README.md`.
@main
enum VitrineBench {
  static let usage = """
    vitrine-bench serve   --data DIRECTORY [--threads N] [--bfloat16]
    vitrine-bench profile --data DIRECTORY [--threads N] NAME
    vitrine-bench time    --data DIRECTORY [--threads N] NAME…
    vitrine-bench check   --data DIRECTORY [--threads N]
    vitrine-bench start   --data DIRECTORY NETWORK.onnx
    vitrine-bench train   NETWORK SPECTRA POINTS BATCH EPOCHS [--threads N]
    vitrine-bench maps    --data DIRECTORY NETWORK.onnx PICTURE.npz MAPS.npz METHODS LAYERS
    vitrine-bench judge   --data DIRECTORY NETWORK.onnx PICTURE.npz [--rows N] [--threads N]
                          [--bfloat16]
    vitrine-bench methods --data DIRECTORY NETWORK.onnx PICTURE.npz [--rows N] [--threads N]
                          [--bfloat16]
    """

  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("vitrine-bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    var words: [String] = []
    var options = ProgramOptions()
    var data = "."
    var chunkSize = 16
    var rowCount: Int?
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--data": data = rest.popFirst() ?? "."
      case "--threads": Program.setThreadCount(rest.popFirst().flatMap { Int($0) })
      case "--chunk": chunkSize = rest.popFirst().flatMap { Int($0) } ?? chunkSize
      case "--rows": rowCount = rest.popFirst().flatMap { Int($0) }
      case "--bfloat16": options.precision = .bfloat16
      default: words.append(word)
      }
    }
    let networks = Networks(
      directory: URL(fileURLWithPath: data, isDirectory: true), options: options,
      chunkSize: chunkSize)
    guard let command = words.first else { throw BenchmarkError(usage) }
    let names = Array(words.dropFirst())
    switch command {
    case "serve": serve(Measurements(networks))
    case "profile": try Reports.profile(names, Measurements(networks))
    case "time": try Reports.time(names, Measurements(networks))
    case "check": try Reports.check(networks)
    case "start": try Reports.start(names, networks)
    case "train": try TrainingTimes.run(names)
    case "maps": try JudgeServer.writeMaps(names, networks)
    case "judge": try JudgeServer.serve(names, networks, batch: rowCount)
    case "methods": try MethodServer.serve(names, networks, batch: rowCount)
    default: throw BenchmarkError(usage)
    }
  }

  private static func serve(_ measurements: Measurements) {
    var measurements = measurements
    while let line = readLine() {
      let words = line.split(separator: " ").map { String($0) }
      if words == ["quit"] { return }
      if words == ["list"] {
        print(Measurements.entries.map(\.name).joined(separator: " "))
      } else if words.count == 2, words[0] == "run" {
        do {
          print(try measurements.run(words[1]))
        } catch {
          print("error \(error)")
        }
      } else {
        print("error unknown request: \(line)")
      }
      fflush(nil)
    }
  }
}
