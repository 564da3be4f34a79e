import Foundation

/// Figures of many maps.
struct Summary {
  private let distances: [Double]
  private let plantedCount: Int
  private let bandCount: Int
  private let falseBandCount: Int
  private let shares: [Double]

  init(_ measurements: [Measurement]) {
    let all = measurements.flatMap(\.distances)
    distances = all.compactMap(\.self).sorted()
    plantedCount = all.count
    bandCount = measurements.reduce(0) { $0 + $1.bandCount }
    falseBandCount = measurements.reduce(0) { $0 + $1.falseBandCount }
    shares = measurements.map(\.share)
  }

  static let columns = ["planted", "missed", "median", "worst", "near %", "bands", "false"]

  var missed: Int { plantedCount - distances.count }

  var median: Double {
    guard !distances.isEmpty else { return .infinity }
    let middle = distances.count / 2
    return distances.count % 2 == 1
      ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2
  }

  var cells: [String] {
    [
      "\(plantedCount)", "\(missed)", distances.isEmpty ? "–" : Self.decimal(median),
      distances.last.map(Self.decimal) ?? "–", Self.percent(shares), "\(bandCount)",
      "\(falseBandCount)",
    ]
  }

  /// The mean of shares.
  static func percent(_ shares: [Double]) -> String {
    String(format: "%.0f", 100 * shares.reduce(0, +) / Double(max(1, shares.count)))
  }

  private static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
}

/// A table whose first column is text and the others numbers.
struct MarkdownTable {
  let text: String

  init(_ columns: [String], _ rows: [[String]]) {
    let rule = ["---"] + columns.dropFirst().map { _ in "--:" }
    text = ([columns, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}
