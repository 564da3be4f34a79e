import Chemometrics
import Foundation
import SpectralData
import Statistics
import StudyEngine

/// A study in a few lines for a terminal.
struct StudyText {
  private let result: StudyResult

  init(_ result: StudyResult) {
    self.result = result
  }

  /// How well both models predict, and the strongest bands.
  var text: String {
    get throws {
      ([try performance, ""] + (try bands)).joined(separator: "\n")
    }
  }

  /// The strongest bands of every target; none of a network that may have learned nothing.
  private var bands: [String] {
    get throws {
      if try result.soundModels.network {
        return result.evidence.map { "\($0.name): " + strongest($0.network) }
      }
      let guessing =
        switch result.outcome {
        case .classes:
          String(format: "always naming the largest class (%.1f %%)", 100 * result.chanceLevel)
        case .quantity: String(format: "always guessing the mean (RMSE %.4g)", result.chanceLevel)
        }
      return ["no bands are named: the network is not surely better than \(guessing)"]
    }
  }

  private var performance: String {
    get throws {
      switch result.outcome {
      case .classes(let outcome):
        var table = Self.table("accuracy %", "worst split")
        for (name, model) in [
          ("network", outcome.network), ("PLS-LDA", outcome.partialLeastSquares),
        ] {
          let accuracy = try model.summary()
          let interval = accuracy.meanInterval.map {
            String(format: "%.2f … %.2f", max(0, 100 * $0.lower), min(100, 100 * $0.upper))
          }
          table.add([
            name, String(format: "%.2f", 100 * accuracy.mean), interval ?? "–",
            String(format: "%.1f", 100 * (accuracy.values.min() ?? 0)),
          ])
        }
        return table.text
      case .quantity(let outcome):
        var table = Self.table("RMSE", "R²")
        for (name, model) in [("network", outcome.network), ("PLS", outcome.partialLeastSquares)] {
          let error = try model.summary()
          let interval = error.meanInterval.map {
            String(format: "%.4g … %.4g", max(0, $0.lower), $0.upper)
          }
          table.add([
            name, String(format: "%.4g", error.mean), interval ?? "–",
            model.meanDetermination.map { String(format: "%.4f", $0) } ?? "–",
          ])
        }
        return table.text
      }
    }
  }

  private static func table(_ figure: String, _ last: String) -> TextTable {
    TextTable([
      ("", .leading), (figure, .trailing), ("95 % interval", .trailing), (last, .trailing),
    ])
  }

  private func strongest(_ evidence: ModelEvidence) -> String {
    let unit = result.network.axis.unit
    let matches = evidence.bands.matches
    let strongest = matches.indices
      .sorted { (matches[$1].band.share, $0) < (matches[$0].band.share, $1) }.prefix(4)
    if strongest.isEmpty { return "no band stands out" }
    let bands = strongest.map { index in
      let match = matches[index]
      let resolution =
        evidence.resolutions.indices.contains(index) ? evidence.resolutions[index] : 0
      let peak = PeakText(match.band.peak, resolution)
      return (match.band.isPositive ? "+" : "−") + peak.position
        + (peak.resolution.isEmpty ? "" : " ± " + peak.resolution)
        + String(format: " (%.0f %%)", 100 * match.band.share) + known(match, evidence.tolerance)
    }
    return bands.joined(separator: ", ") + (unit == .index ? "" : " [\(unit.option)]")
      + chance(evidence)
  }

  /// The nearest known band, and whether the peak lies in it.
  private func known(_ match: BandMatch, _ tolerance: Double) -> String {
    guard let known = match.known.first else { return "" }
    let isAtPeak =
      known.range(in: result.network.axis.unit).map {
        $0.lowerBound - tolerance <= match.band.peak && match.band.peak <= $0.upperBound + tolerance
      } ?? false
    return (isAtPeak ? " " : " beside the peak: ") + known.title
  }

  /// Whether known bands match no better than they would anywhere.
  private func chance(_ evidence: ModelEvidence) -> String {
    guard evidence.bands.matches.contains(where: { !$0.known.isEmpty }),
      let chance = evidence.bands.chance(
        axis: result.network.axis, tolerance: evidence.tolerance),
      chance.reachedShare >= 0.05
    else { return "" }
    return String(
      format: "\n  known bands match no better than chance: as well in %.0f %% of places",
      100 * chance.reachedShare)
  }
}
