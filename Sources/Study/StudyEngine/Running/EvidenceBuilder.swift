import Chemometrics
import Explanations
import NetworkTraining
import SpectralData
import Statistics
import TensorCore

/// Finds where both models have their evidence.
struct EvidenceBuilder {
  let data: StudyData
  let settings: StudySettings
  let trials: [SplitTrial]
  let models: FinalModels
  let report: @Sendable (SpectralStudy.Progress) -> Void

  /// The evidence for every class, or for the quantity.
  func evidence() throws -> [Evidence] {
    let targets = EvidenceTarget.all(data.question)
    try checkPositions()
    var summaries = targets.map { _ in SummedMaps() }
    let methods = [settings.method] + settings.furtherMethods
    let counter = StageCounter(.evidence, total: trials.count + methods.count, report: report)
    let found = try trialMaps(targets, counter)
    for maps in found {
      for place in targets.indices {
        summaries[place].network.add(maps.network[place])
        summaries[place].partialLeastSquares.add(maps.partialLeastSquares[place])
      }
    }
    for (place, target) in targets.enumerated() {
      summaries[place].network.finish(target, data)
      summaries[place].partialLeastSquares.finish(target, data)
    }
    let maps = try methodMaps(methods, targets, counter)
    let signal = TargetSignal(models.rows, data.question)
    return try targets.indices.map { place in
      try evidence(
        targets[place], summaries[place], maps.map { $0[place] }, signal.values(of: targets[place]),
        reach: found.map(\.reach).max() ?? 0)
    }
  }

  /// What both models make of the test spectra of every division, each division on a thread.
  private func trialMaps(
    _ targets: [EvidenceTarget], _ counter: StageCounter
  ) throws -> [TrialMaps] {
    try ParallelTrainings.map(trials.count, laneCount: settings.usedLaneCount) {
      [data, settings, trials] index, lane, _ in
      let trial = trials[index]
      let part = StudiedPart(
        data: data, rows: trial.testRows, samples: trial.split.test,
        background: trial.background, lane: lane)
      let network = try NetworkMaps(
        Model(trial.network, name: data.name), method: settings.method, targets, part,
        ofOwnClass: false)
      let own = try targets.map { target in
        SampleMaps(
          maps: try trial.partialLeastSquares.maps(target, rows: trial.testRows),
          samples: trial.split.test)
      }
      counter.increase()
      return TrialMaps(
        network: zip(network.values, targets).map { PartMaps($0, $1, data) },
        partialLeastSquares: zip(own, targets).map { PartMaps($0, $1, data) },
        reach: network.reach)
    }
  }

  /// Maps of different divisions can be averaged only if they are on one axis.
  private func checkPositions() throws {
    for trial in trials where try trial.preprocessing.axis(after: data.axis) != models.axis {
      throw StudyError(
        .invalidSetting, "preprocessing brings spectra of different divisions to different axes")
    }
  }

  private func evidence(
    _ target: EvidenceTarget, _ summed: SummedMaps, _ methodMaps: [MethodMap],
    _ signal: [Double], reach: Double
  ) throws -> Evidence {
    let network = try variables(summed.network, target, signal, reach: reach)
    let partialLeastSquares = try variables(
      summed.partialLeastSquares, target, signal, reach: 0)
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
    _ maps: SummedMaps.Side, _ target: EvidenceTarget, _ signal: [Double], reach: Double
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
      of: distinction.mean, positions: models.axis.positions, signal: signal)
    let contribution = try FeatureContribution(
      bands: bands.map(\.points), pointCount: models.axis.count)
    let resolution = BandResolution(axis: models.axis, reach: reach, signal: signal)
    let tolerance = settings.bandTolerance + resolution.reach
    return ModelEvidence(
      map: try MapStability(maps: maps.means, activeBands: settings.activeBands),
      distinction: distinction,
      bands: knownBands.report(on: bands, axis: models.axis, tolerance: tolerance),
      contributions: try contribution.shares(of: distinction.mean),
      resolutions: bands.map { resolution.of($0, in: maps.distinctions) }, tolerance: tolerance)
  }

  /// The known bands that the kind of spectra can show.
  private var knownBands: BandTable {
    switch models.axis.unit {
    case .ramanShift: settings.knownBands.selecting(technique: .raman)
    case .reciprocalCentimeter: settings.knownBands.selecting(technique: .infrared)
    default: settings.knownBands
    }
  }

  /// For every method the mean maps of all targets by the network that is kept.
  private func methodMaps(
    _ methods: [ExplanationMethod], _ targets: [EvidenceTarget], _ counter: StageCounter
  ) throws -> [[MethodMap]] {
    let part = StudiedPart(
      data: data, rows: models.rows, samples: Array(models.rows.indices),
      background: models.background)
    return try methods.map { method in
      defer { counter.increase() }
      let maps = try NetworkMaps(models.model, method: method, targets, part, ofOwnClass: true)
      return maps.values.map { own in
        let moments = ColumnMoments(own.maps)
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
