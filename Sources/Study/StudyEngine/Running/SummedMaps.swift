import Chemometrics

/// What both models make of the test spectra of one division, for every target.
struct TrialMaps: Sendable {
  let network: [PartMaps]
  let partialLeastSquares: [PartMaps]

  /// How far beside its place a number of the network's maps may look, in points.
  let reach: Double
}

/// The maps of the test spectra of one division for one target, summed up where that is possible.
enum PartMaps: Sendable {
  case summed(TargetMaps)
  /// There is nothing to compare, as in a part of one class only.
  case apart(SampleMaps)

  init(_ maps: SampleMaps, _ target: EvidenceTarget, _ data: StudyData) {
    self = TargetMaps(maps, target, data).map { PartMaps.summed($0) } ?? .apart(maps)
  }
}

/// Maps of one target over the trials.
struct SummedMaps {
  /// Maps of one model.
  struct Side {
    private(set) var means: [[Double]] = []
    private(set) var distinctions: [[Double]] = []
    private var rest = SampleMaps(maps: [], samples: [])

    /// Adds the maps of a trial's test spectra; those of a part where there is nothing to compare,
    /// such as one class only, are kept for `finish`.
    mutating func add(_ part: PartMaps) {
      switch part {
      case .summed(let summed):
        means.append(summed.mean)
        distinctions.append(summed.distinction)
      case .apart(let maps) where means.isEmpty:
        rest.maps += maps.maps
        rest.samples += maps.samples
        rest.areContrasts = maps.areContrasts
      case .apart: break
      }
    }

    /// Sums up the spectra of all parts together where no part could be summed up by itself, as when
    /// one sample is left out at a time.
    mutating func finish(_ target: EvidenceTarget, _ data: StudyData) {
      guard means.isEmpty, let summed = TargetMaps(rest, target, data) else { return }
      means.append(summed.mean)
      distinctions.append(summed.distinction)
    }
  }

  var network = Side()
  var partialLeastSquares = Side()
}
