import Chemometrics
import Explanations
import StudyEngine
import TensorCore

extension EvidenceInformation {
  /// What the file of a network says of its evidence, so that `explain` takes it alike.
  init(_ method: ExplanationMethod, _ background: Background, _ bands: ActiveBands) {
    self.init()
    self.method = method.id
    if background.classMeans.isEmpty {
      mean = background.mean?.elements
    } else {
      target = "top-vs-others"
      classMeans = background.classMeans.map(\.elements)
    }
    if case .fractionOfMaximum(let threshold) = bands.threshold {
      self.bands = Bands(
        threshold: threshold, leastPointCount: bands.minimumPointCount,
        bridgedPointCount: bands.bridgedPointCount)
    }
  }
}
