import Chemometrics
import Explanations
import NetworkTraining
import SpectralData
import Statistics
import StudyEngine
import TensorCore

/// A study's result with what sentences need again and again.
struct StudyFacts {
  let result: StudyResult

  /// The models that are surely better than chance; both where one division cannot tell.
  let soundModels: Set<StudiedModel>

  /// All spectra as the network that is kept sees them; empty for classes, whose means are known.
  private let prepared: Matrix<Float>

  init(_ result: StudyResult) throws {
    self.result = result
    let isSound = try result.soundModels
    soundModels = Set(
      (isSound.network ? [.network] : [])
        + (isSound.partialLeastSquares ? [.partialLeastSquares] : []))
    let isQuantity = if case .quantity = result.data.question { true } else { false }
    prepared =
      isQuantity
      ? try result.network.preprocessing.apply(to: result.data.rows, on: result.data.axis) : []
  }

  var axis: SpectralAxis { result.network.axis }

  /// Positions along the axis in words.
  var positions: AxisWords { AxisWords(axis: axis) }

  /// The classes; nil for a quantity.
  var labels: ClassLabels? {
    guard case .classes(let labels) = result.data.question else { return nil }
    return labels
  }

  /// The known values; nil for classes.
  var values: [Double]? {
    guard case .quantity(_, let values) = result.data.question else { return nil }
    return values
  }

  /// The name of the model beside the network.
  var partialLeastSquares: String { labels == nil ? "PLS regression" : "PLS-LDA" }

  /// How many independent samples were tested at least once.
  var testedCount: Int {
    let tested = Set(result.outcome.splits.flatMap(\.test))
    return result.data.groups.map { groups in Set(tested.map { groups[$0] }).count } ?? tested.count
  }

  /// How many samples are independent of each other.
  var independentCount: Int { result.data.groups.map { Set($0).count } ?? result.data.count }

  /// How many independent samples every class has.
  var independentCounts: [Int] {
    guard let labels else { return [] }
    guard let groups = result.data.groups else { return labels.counts }
    return labels.names.indices.map { place in
      Set(groups.indices.filter { labels.indices[$0] == place }.map { groups[$0] }).count
    }
  }

  /// The evidence that has something of its own to say: with two classes, what speaks for one speaks
  /// against the other, and their distinguishing maps are equal.
  var subjects: [Evidence] {
    result.evidence.count == 2 ? Array(result.evidence.prefix(1)) : result.evidence
  }

  /// The class or quantity of evidence in a sentence.
  func name(_ evidence: Evidence) -> String {
    labels == nil ? evidence.name : ClassWords.name(evidence.name)
  }

  /// What evidence is about, in a heading.
  func title(_ evidence: Evidence) -> String { ClassWords.heading(subject(evidence)) }

  /// What evidence is about, in a sentence.
  func subject(_ evidence: Evidence) -> String {
    guard result.evidence.count == 2, let names = labels?.names else { return name(evidence) }
    return ClassWords.list(names)
  }

  /// How spectra were prepared, in words with the settings.
  var preparation: String {
    let steps = result.settings.preprocessing.steps.map { step in
      let text = step.description
      let id = String(text.prefix { $0 != "(" })
      let summary = PreprocessingCatalog.entries.first { $0.id == id }?.summary
      return summary.map { "\($0) [\(text)]" } ?? text
    }
    return steps.isEmpty ? "none" : steps.joined(separator: "; then ")
  }

  /// A word for files.
  func stem(_ evidence: Evidence) -> String {
    let letters = (result.evidence.count == 2 ? "both" : evidence.name).map {
      $0.isLetter || $0.isNumber ? $0 : "-"
    }
    let name = String(String(letters).prefix(40))
    let place = result.evidence.firstIndex { $0.name == evidence.name } ?? 0
    return result.evidence.count > 1 ? "\(place + 1)-\(name)" : name
  }

  /// What a model does that looks at no spectrum, with what it attains.
  var guessing: String {
    labels == nil
      ? "always guessing the mean (off by \(Words.number(result.chanceLevel)))"
      : "always naming the largest class (\(Words.percent(result.chanceLevel)))"
  }

  /// Which known bands were matched, in words: `known bands of proteins and water`.
  var knownBands: String {
    let settings = result.settings
    let materials = settings.materials.map { $0.rawValue.replacing("-", with: " ") }
    let of = materials.isEmpty ? [] : ["known bands of \(Words.list(materials))"]
    let own = settings.ownBands.bands.isEmpty ? [] : ["the given table"]
    return Words.list(of + own)
  }

  /// How the maps came about, by the name of the method.
  var method: String { result.settings.method.title }

  /// How the prepared signal of a class differs from that of the others at a point, in standard
  /// deviations within classes; nil without a spread.
  func signalDifference(_ evidence: Evidence, at point: Int) -> Double? {
    guard let labels, let index = evidence.classIndex else { return nil }
    let classes = result.evidence.compactMap { other in
      other.classIndex.map { place in
        (
          place,
          GroupMoments.Group(
            count: labels.counts[place], mean: other.meanSpectrum[point],
            deviation: other.spectrumDeviation[point])
        )
      }
    }
    return classes.firstIndex { $0.0 == index }.flatMap {
      GroupMoments(classes.map(\.1)).standardizedDifference(of: $0)
    }
  }

  /// The correlation of the prepared signal with the quantity at a point.
  func signalCorrelation(at point: Int) -> Double? {
    values.flatMap { Correlation.of(prepared.column(point).map(Double.init), $0) }
  }
}
