import Explanations
import Foundation

/// How many masks the maps of a run took, and what is known of them.
struct SamplingLog {
  private struct Entry {
    var masks = (least: Int.max, most: 0)
    var errors: [Double] = []
    var fits: [Double] = []
  }

  private var entries: [MethodVariant: Entry] = [:]

  /// Takes maps into account.
  mutating func add(_ samples: [SampleExplanations]) {
    for explanation in samples.flatMap(\.explanations) {
      guard let record = explanation.sampling else { continue }
      let variant = MethodVariant(explanation.method)
      var entry = entries[variant] ?? Entry()
      entry.masks = (
        min(entry.masks.least, record.maskCount), max(entry.masks.most, record.maskCount)
      )
      if let error = record.standardError { entry.errors.append(error) }
      if let fit = record.fit { entry.fits.append(fit) }
      entries[variant] = entry
    }
  }

  /// What is known, a sentence for each method with its settings.
  var sentences: [String] {
    entries.named.map { name, entry in
      let (least, most) = entry.masks
      var sentence =
        "\(name) took \(least == most ? "\(most)" : "\(least) to \(most)") masks an input"
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
