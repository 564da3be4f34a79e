import Foundation
import VitrineStudy

/// Measures how exactly bands of studies lie where peaks were planted; see `Benchmarks/README.md`.
@main
enum BandAccuracy {
  static let usage = """
    band-accuracy RESULTS [SEEDS]

    Measures what RESULTS does not hold yet, adds it there, and prints the page. SEEDS is 5 if not given.
    """

  static func main() {
    do {
      let words = CommandLine.arguments.dropFirst()
      guard let path = words.first, let count = words.count > 1 ? UInt64(words.last ?? "") : 5
      else { throw UsageError() }
      Program.setThreadCount(1)
      var results = try Results(path: path)
      try measure(&results, seeds: Array(1...max(1, count)))
      print(Page(results).text)
    } catch {
      FileHandle.standardError.write(Data("band-accuracy: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func measure(_ results: inout Results, seeds: [UInt64]) throws {
    var methods: [String: [ExplanationMethod]] = [:]
    for seed in seeds {
      for network in Bench.networks {
        for (place, layout) in Layout.all.enumerated()
        where !results.hold(network.id, layout.name, seed) {
          let own = try methods[network.id] ?? Bench.methods(for: network)
          methods[network.id] = own
          let data = try layout.data(seed: 1000 * seed + UInt64(place))
          let result = try Bench.study(data, network, seed: seed, own)
          try results.add(Bench.measurements(of: result, network, layout, seed: seed))
        }
      }
      for network in Bench.networks.prefix(3) where !results.holdShuffled(network.id, seed) {
        try results.add(ShuffledClasses(network, seed: seed))
      }
    }
  }
}

struct UsageError: Error, CustomStringConvertible {
  var description: String { BandAccuracy.usage }
}
