import Foundation

/// What has been measured, in a file of one JSON document per line.
struct Results {
  private struct Line: Codable {
    var measurements: [Measurement]?
    var shuffled: ShuffledClasses?
  }

  private(set) var measurements: [Measurement] = []
  private(set) var shuffled: [ShuffledClasses] = []
  private let path: String

  /// Reads what a file holds, if there is one.
  init(path: String) throws {
    self.path = path
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
    for line in text.split(separator: "\n") {
      let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      measurements += line.measurements ?? []
      shuffled += line.shuffled.map { [$0] } ?? []
    }
  }

  func hold(_ network: String, _ layout: String, _ seed: UInt64) -> Bool {
    measurements.contains { $0.network == network && $0.layout == layout && $0.seed == seed }
  }

  func holdShuffled(_ network: String, _ seed: UInt64) -> Bool {
    shuffled.contains { $0.network == network && $0.seed == seed }
  }

  mutating func add(_ found: [Measurement]) throws {
    measurements += found
    try append(Line(measurements: found))
  }

  mutating func add(_ control: ShuffledClasses) throws {
    shuffled.append(control)
    try append(Line(shuffled: control))
  }

  private func append(_ line: Line) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(line) + Data("\n".utf8)
    if let file = FileHandle(forWritingAtPath: path) {
      try file.seekToEnd()
      try file.write(contentsOf: data)
      try file.close()
    } else {
      try data.write(to: URL(filePath: path))
    }
  }
}
