import Explanations
import Foundation

/// How many masks the maps of a run took, and what is known of them.
struct SamplingLog {
  private struct Entry {
    var masks = (least: Int.max, most: 0)
    var errors: [Double] = []
    var fits: [Double] = []
  }

  private var entries: [String: Entry] = [:]

  /// Takes maps into account.
  mutating func add(_ samples: [SampleExplanations]) {
    for explanation in samples.flatMap(\.explanations) {
      guard let record = explanation.sampling else { continue }
      var entry = entries[explanation.method.method.id] ?? Entry()
      entry.masks = (
        min(entry.masks.least, record.maskCount), max(entry.masks.most, record.maskCount)
      )
      if let error = record.standardError { entry.errors.append(error) }
      if let fit = record.fit { entry.fits.append(fit) }
      entries[explanation.method.method.id] = entry
    }
  }

  /// What is known, a sentence for each method.
  var sentences: [String] {
    entries.sorted { $0.key < $1.key }.map { id, entry in
      let (least, most) = entry.masks
      var sentence =
        "\(id) took \(least == most ? "\(most)" : "\(least) to \(most)") masks an input"
      if let worst = entry.errors.max() {
        let mean = entry.errors.reduce(0, +) / Double(entry.errors.count)
        sentence += String(
          format: "; standard errors are %.2g %% of the range of a map", 100 * mean)
        if entry.errors.count > 1 { sentence += String(format: " (worst %.2g %%)", 100 * worst) }
      }
      if let worst = entry.fits.min() {
        let mean = entry.fits.reduce(0, +) / Double(entry.fits.count)
        sentence += String(format: "; a sum over cells describes their scores with R² %.2f", mean)
        if entry.fits.count > 1 { sentence += String(format: " (worst %.2f)", worst) }
      }
      return sentence
    }
  }
}
