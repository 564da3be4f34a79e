import Explanations
import Figures
import Foundation
import ImageData
import SpectralData
import TensorCore

/// Draws explanations and writes them to a folder.
struct ExplanationWriter: ResultWriter {
  /// One input with what is written about it.
  struct Job: Sendable {
    let input: PreparedInput
    let sample: SampleExplanations
    let names: [String]
    let provenance: Provenance
  }

  let model: Model
  let plan: ExplanationPlan
  let folder: OutputFolder
  let formats: Set<ExplainWorkflow.Format>
  let colorMap: ColorMap
  /// How inputs were prepared.
  let preparation: PreparationRecord
  /// Where explanations come from; how long each took is told with it.
  let origin: Provenance

  /// Names the files of an input.
  func job(_ explained: ExplainedSample, _ names: inout FileNames) -> Job {
    let (input, sample) = (explained.input, explained.sample)
    var provenance = origin
    provenance.timings = explained.timings
    let chosen = zip(plan.items, sample.explanations).map { item, explanation in
      var parts = [input.stem, explanation.method.method.id]
      if let layer = explanation.layer { parts.append(FileNames.short(layer: layer.name)) }
      if case .ranked(let place) = item.target.unplaced, model.scoreCount > 1 {
        parts.append("top\(place + 1)")
      }
      parts.append(explanation.targetTitle)
      return names.unique(parts)
    }
    return Job(input: input, sample: sample, names: chosen, provenance: provenance)
  }

  func path(of job: Job) -> String { job.input.path }

  func write(_ job: Job) throws -> ExplainedInput {
    try check(job)
    for (name, explanation) in zip(job.names, job.sample.explanations) {
      let manifest = manifest(explanation, job)
      try folder.protect(name + ".json") { bytes in
        (try? JSONDecoder().decode(ExplanationManifest.self, from: bytes))
          .flatMap(manifest.difference)
      }
    }
    let files = try zip(job.names, job.sample.explanations).map { name, explanation in
      try contents(explanation, job).map { format, bytes in
        try folder.write(bytes, to: name + "." + format.rawValue)
      }
    }
    return entry(job, files: files)
  }

  /// Refuses numbers that are not finite.
  func check(_ job: Job) throws(WorkflowError) {
    for explanation in job.sample.explanations {
      for values in [explanation.scores, explanation.map.elements, explanation.aligned.elements] {
        if let value = values.first(where: { !$0.isFinite }) { throw job.input.overflow(value) }
      }
    }
  }

  /// What is told about an input whose explanations are in files.
  func entry(_ job: Job, files: [[String]]) -> ExplainedInput {
    let explanations = zip(job.sample.explanations, files).map { explanation, files in
      WrittenExplanation(
        method: explanation.method.method.id, layer: explanation.layer?.name,
        target: explanation.targetTitle, explainedScore: explanation.explainedScore,
        probability: explanation.probability, isEmpty: explanation.isEmpty,
        ledgers: explanation.ledgers.isEmpty ? nil : explanation.ledgers, files: files)
    }
    return ExplainedInput(
      input: job.input.path, row: job.input.row, top: model.ranking(job.sample.scores, count: 5),
      explanations: explanations)
  }

  private func manifest(_ explanation: Explanation, _ job: Job) -> ExplanationManifest {
    ExplanationManifest(
      explanation, model: model, plan: plan, input: job.input.path, inputRow: job.input.row,
      preparation: preparation, provenance: job.provenance)
  }

  /// The bytes of every file of an explanation; all of them are made before one is written.
  private func contents(
    _ explanation: Explanation, _ job: Job
  ) throws -> [(ExplainWorkflow.Format, Data)] {
    var contents = try figures(explanation, job)
    if formats.contains(.npz) {
      let archive = try explanation.archive(input: job.input.tensor, preparation: preparation)
      contents.append((.npz, Data(archive)))
    }
    if formats.contains(.json) {
      contents.append((.json, try manifest(explanation, job).json()))
    }
    if formats.contains(.csv), case .spectrum(let spectrum) = job.input.display {
      contents.append((.csv, Self.table(spectrum, explanation.aligned.elements)))
    }
    return contents
  }

  /// A line for each position: where it is, the intensity as measured, and the map.
  private static func table(_ spectrum: Spectrum, _ map: [Float]) -> Data {
    var text = "\(spectrum.axis.label),intensity,map\n"
    for (index, position) in spectrum.axis.positions.enumerated() {
      text += "\(position),\(spectrum.intensities[index]),\(map[index])\n"
    }
    return Data(text.utf8)
  }

  private func figures(
    _ explanation: Explanation, _ job: Job
  ) throws -> [(ExplainWorkflow.Format, Data)] {
    let text = FigureText(
      explanation, model: model, plan: plan, input: job.input, preparation: preparation)
    let scale = MapScale(fitting: explanation.aligned.elements)
    switch job.input.display {
    case .picture(let picture):
      guard formats.contains(.png) else { return [] }
      var overlay = try HeatMapOverlay(
        picture: picture, map: explanation.aligned, scale: scale, colorMap: colorMap,
        title: text.title, subtitle: text.subtitle, valueLabel: text.valueLabel)
      overlay.outline = explanation.places.flatMap(RegionOutline.init)
      return [(.png, Data(try overlay.figure().pngBytes()))]
    case .spectrum(let spectrum):
      guard !formats.isDisjoint(with: [.png, .svg]) else { return [] }
      let figure = try SpectrumFigure(
        spectrum: spectrum, map: explanation.aligned.elements, scale: scale, colorMap: colorMap,
        title: text.title, subtitle: text.subtitle, valueLabel: text.valueLabel)
      var files: [(ExplainWorkflow.Format, Data)] = []
      if formats.contains(.png) { files.append((.png, Data(try figure.figure().pngBytes()))) }
      if formats.contains(.svg) { files.append((.svg, Data(try figure.scalableGraphic()))) }
      return files
    }
  }
}

extension RegionOutline {
  /// The border of positions that count; nil where they are no rows and columns, or all of them.
  fileprivate init?(_ places: Tensor) {
    let counts = places.elements.map { $0 != 0 }
    guard places.shape.rank == 2, counts.contains(true), counts.contains(false) else { return nil }
    self.init(rows: places.shape[0], columns: places.shape[1], isInside: counts)
  }
}
