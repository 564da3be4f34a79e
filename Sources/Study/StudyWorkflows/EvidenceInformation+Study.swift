import Chemometrics
import Explanations
import StudyEngine
import TensorCore

extension EvidenceInformation {
  /// What the file of a network says of its evidence, so that `explain` takes it alike.
  ///
  /// - Parameters:
  ///   - method: How maps are made.
  ///   - background: What they are counted from.
  ///   - bands: What counts as a band.
  ///   - resolution: How far aside the peaks of networks trained alike stand (±), in units of the axis; nil
  ///     where only one was.
  ///   - slope: How training spectra grow with a quantity; nil for classes.
  ///   - beatsChance: Whether networks trained alike were surely better than guessing; nil where nobody
  ///     tested it.
  init(
    _ method: ExplanationMethod, _ background: Background, _ bands: ActiveBands,
    resolution: Double? = nil, slope: [Double]?, beatsChance: Bool? = nil
  ) {
    self.init()
    self.method = method.id
    if background.classMeans.isEmpty {
      mean = background.mean?.elements
    } else {
      target = "top-vs-others"
      classMeans = background.classMeans.map(\.elements)
    }
    self.slope = slope.map { $0.map { Float($0) } }
    if case .fractionOfMaximum(let threshold) = bands.threshold {
      self.bands = Bands(
        threshold: threshold, leastPointCount: bands.minimumPointCount,
        bridgedPointCount: bands.bridgedPointCount)
      self.bands?.resolution = resolution
    }
    self.beatsChance = beatsChance
  }
}
