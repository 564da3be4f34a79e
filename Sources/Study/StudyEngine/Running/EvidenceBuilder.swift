import Chemometrics
import Explanations
import SpectralData
import SpectralLearning
import Statistics
import TensorCore

/// Finds where both models have their evidence.
struct EvidenceBuilder {
  let data: StudyData
  let settings: StudySettings
  let trials: [SplitTrial]
  let models: FinalModels
  let report: (SpectralStudy.Progress) -> Void

  /// The evidence for every class, or for the quantity.
  func evidence() throws -> [Evidence] {
    let targets = EvidenceTarget.all(data.question)
    try checkPositions()
    var summaries = targets.map { _ in SummedMaps() }
    for (index, trial) in trials.enumerated() {
      try Task.checkCancellation()
      say(index)
      let network = try NetworkMaps(
        Model(trial.network, name: data.name), method: settings.method, targets,
        rows: trial.testRows)
      for (place, target) in targets.enumerated() {
        summaries[place].network.add(network.values[place], trial.split.test, target, data)
        let own = try trial.partialLeastSquares.maps(target, rows: trial.testRows)
        summaries[place].partialLeastSquares.add(own, trial.split.test, target, data)
      }
    }
    for (place, target) in targets.enumerated() {
      summaries[place].network.finish(target, data)
      summaries[place].partialLeastSquares.finish(target, data)
    }
    say(trials.count)
    let maps = try methodMaps(targets)
    return try targets.indices.map { place in
      try evidence(targets[place], summaries[place], maps.map { $0[place] })
    }
  }

  private func say(_ done: Int) {
    report(
      SpectralStudy.Progress(
        stage: .evidence, done: done, total: trials.count, detail: "maps of test spectra"))
  }

  /// Maps of different divisions can be averaged only if they are on one axis.
  private func checkPositions() throws {
    for trial in trials where try trial.preprocessing.axis(after: data.axis) != models.axis {
      throw StudyError(
        .invalidSetting, "preprocessing brings spectra of different divisions to different axes")
    }
  }

  private func evidence(
    _ target: EvidenceTarget, _ summed: SummedMaps, _ methodMaps: [MethodMap]
  ) throws -> Evidence {
    let network = try variables(summed.network, target)
    let partialLeastSquares = try variables(summed.partialLeastSquares, target)
    let spectra = ColumnMoments(members(of: target).map { models.rows[$0] })
    let coefficients = try models.partialLeastSquares.coefficients(target.weights)
    return Evidence(
      name: target.name, classIndex: target.classIndex, meanSpectrum: spectra.mean,
      spectrumDeviation: spectra.sampleDeviation, network: network,
      partialLeastSquares: partialLeastSquares,
      methodMaps: methodMaps, coefficients: coefficients,
      variableImportance: try models.partialLeastSquares.components.variableImportance(
        response: target.classIndex ?? 0),
      selectivityRatio: try models.partialLeastSquares.selectivityRatio(
        rows: models.rows, coefficients),
      agreement: Correlation.of(network.distinction.mean, partialLeastSquares.distinction.mean))
  }

  private func variables(
    _ maps: SummedMaps.Side, _ target: EvidenceTarget
  ) throws -> ModelEvidence {
    guard !maps.means.isEmpty else {
      throw StudyError(
        .unsuitableData,
        "the test parts hold nothing that \"\(target.name)\" could be set against, so there is no "
          + "evidence; use more or larger test parts")
    }
    let distinction = try MapStability(
      maps: maps.distinctions, activeBands: settings.activeBands)
    let bands = try settings.activeBands.bands(
      of: distinction.mean, positions: models.axis.positions)
    let contribution = try FeatureContribution(
      bands: bands.map(\.points), pointCount: models.axis.count)
    return ModelEvidence(
      map: try MapStability(maps: maps.means, activeBands: settings.activeBands),
      distinction: distinction,
      bands: knownBands.report(on: bands, axis: models.axis, tolerance: settings.bandTolerance),
      contributions: try contribution.shares(of: distinction.mean))
  }

  /// The known bands that the kind of spectra can show.
  private var knownBands: BandTable {
    switch models.axis.unit {
    case .ramanShift: settings.knownBands.selecting(technique: .raman)
    case .reciprocalCentimeter: settings.knownBands.selecting(technique: .infrared)
    default: settings.knownBands
    }
  }

  /// For every method the mean maps of all targets by the network that is models.
  private func methodMaps(_ targets: [EvidenceTarget]) throws -> [[MethodMap]] {
    try ([settings.method] + settings.furtherMethods).map { method in
      let maps = try NetworkMaps(models.model, method: method, targets, rows: models.rows)
      return targets.enumerated().map { place, target in
        let moments = ColumnMoments(members(of: target).map { maps.values[place][$0] })
        return MethodMap(
          method: method, layer: maps.layer, mean: moments.mean,
          deviation: moments.sampleDeviation)
      }
    }
  }

  /// The samples of a class; all of them for a quantity.
  private func members(of target: EvidenceTarget) -> [Int] {
    guard let labels = data.labels else { return Array(models.rows.indices) }
    return models.rows.indices.filter { labels.indices[$0] == target.classIndex }
  }
}

/// Maps of one target over the trials.
struct SummedMaps {
  /// Maps of one model.
  struct Side {
    private(set) var means: [[Double]] = []
    private(set) var distinctions: [[Double]] = []
    private var rest: [[Double]] = []
    private var restSamples: [Int] = []

    /// Adds the maps of a trial's test spectra; those of a part where there is nothing to compare,
    /// such as one class only, are kept for `finish`.
    mutating func add(
      _ maps: [[Double]], _ samples: [Int], _ target: EvidenceTarget, _ data: StudyData
    ) {
      if let summed = TargetMaps(maps, samples: samples, target, data) {
        means.append(summed.mean)
        distinctions.append(summed.distinction)
      } else if means.isEmpty {
        rest += maps
        restSamples += samples
      }
    }

    /// Sums up the spectra of all parts together where no part could be summed up by itself, as when
    /// one sample is left out at a time.
    mutating func finish(_ target: EvidenceTarget, _ data: StudyData) {
      guard means.isEmpty, let summed = TargetMaps(rest, samples: restSamples, target, data) else {
        return
      }
      means.append(summed.mean)
      distinctions.append(summed.distinction)
    }
  }

  var network = Side()
  var partialLeastSquares = Side()
}
