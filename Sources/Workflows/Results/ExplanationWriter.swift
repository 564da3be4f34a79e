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
    let input: PreparedSample
    let sample: SampleExplanations
    let names: [String]
    /// What the figure of each explanation is called; those of several inputs may share one.
    let figureNames: [String]
    let provenance: Provenance
  }

  let model: Model
  let plan: ExplanationPlan
  let folder: OutputFolder
  var formats: Set<ExplainWorkflow.Format>
  let colorMap: ColorMap
  /// How inputs were prepared.
  let preparation: PreparationRecord
  /// Where explanations come from; how long each took is told with it.
  let origin: Provenance

  /// Which folders the files of an input go to.
  var folders = MirroredFolders([])

  /// What an evaluation of the network found; nil for none.
  var verdicts: MapVerdicts?

  /// Where pictures that are done are noted; nil when nobody asks.
  var record: RunRecord?

  /// Names the files of an input.
  func job(_ explained: ExplainedSample, _ names: inout FileNames) -> Job {
    let (input, sample) = (explained.input, explained.sample)
    var provenance = origin
    provenance.timings = explained.timings
    let chosen = zip(plan.items, sample.explanations).map { item, explanation in
      names.unique(
        parts(item, explanation, input, [explanation.input.name], layer: explanation.layer),
        in: folders.start(for: input.path))
    }
    return Job(
      input: input, sample: sample, names: chosen,
      figureNames: model.inputs.count == 1 ? chosen : figureNames(input, sample, &names),
      provenance: provenance)
  }

  /// What tells the files of an explanation from others.
  private func parts(
    _ item: PlanItem, _ explanation: Explanation, _ input: PreparedSample, _ inputs: [String],
    layer: Layer?
  ) -> [String] {
    var parts = [
      input.stem, plan.distinguishing(explanation.method.method.id, of: explanation.method),
    ]
    if model.inputs.count > 1 { parts += inputs }
    if let layer { parts.append(FileNames.short(layer: layer.name)) }
    if case .ranked(let place) = item.target.unplaced, model.scoreCount > 1 {
      parts.append("top\(place + 1)")
    }
    return parts + [explanation.targetTitle]
  }

  /// The names of figures: the maps of a method and target on all inputs stand side by side, those of
  /// layers that are no defaults layer by layer.
  private func figureNames(
    _ input: PreparedSample, _ sample: SampleExplanations, _ names: inout FileNames
  ) -> [String] {
    var known: [FigureKey: String] = [:]
    return zip(plan.items, sample.explanations).map { item, explanation in
      let layer = item.layer?.isDefault == true ? nil : item.layer
      let key = FigureKey(
        method: item.place.method, target: item.place.target,
        layer: layer == nil ? nil : item.place.layer)
      let name =
        known[key]
        ?? names.unique(
          parts(item, explanation, input, [], layer: layer), in: folders.start(for: input.path))
      known[key] = name
      return name
    }
  }

  func path(of job: Job) -> String { job.input.path }

  func write(_ job: Job) throws -> ExplainedInput {
    try check(job.input, job.sample)
    let state = FileState(job.input.path)
    for (name, explanation) in zip(job.names, job.sample.explanations) {
      let manifest = manifest(explanation, job)
      try folder.protect(name + ".json") { bytes in
        (try? JSONDecoder().decode(ExplanationManifest.self, from: bytes))
          .flatMap(manifest.difference)
      }
    }
    let parts = try parts(of: job)
    let figures = try figures(parts, job)
    let arrays = try job.sample.explanations.map { try contents($0, job) }
    try protectUntold(figures, arrays, of: job)
    var written: [String: [String]] = [:]
    for (name, files) in figures { written[name] = try write(files, as: name) }
    let files = try job.names.indices.map { index in
      try (written[job.figureNames[index]] ?? []) + write(arrays[index], as: job.names[index])
    }
    let entry = entry(job.input, job.sample, files: files)
    if let record, let state, job.input.row == nil {
      let thumbnails = try parts.map(thumbnail)
      try record.add(RunRecord.Entry(file: state, explained: entry, thumbnails: thumbnails))
    }
    return entry.renamed(folder.file)
  }

  /// Refuses to replace files that neither a manifest nor the record of a run with the same settings
  /// tells about.
  private func protectUntold(
    _ figures: [String: [(ExplainWorkflow.Format, Data)]],
    _ arrays: [[(ExplainWorkflow.Format, Data)]], of job: Job
  ) throws(WorkflowError) {
    var files: [(name: String, contents: [(ExplainWorkflow.Format, Data)])] = []
    var told: Set<String> = []
    for (index, name) in job.names.enumerated() {
      if folder.has(name + ".json") { told.formUnion([name, job.figureNames[index]]) }
      files.append((name, arrays[index]))
    }
    files += figures.map { ($0.key, $0.value) }
    for (name, contents) in files where !told.contains(name) {
      for (format, bytes) in contents {
        let file = name + "." + format.rawValue
        if record?.isOwn(file) != true { try folder.protect(file, untold: bytes) }
      }
    }
  }

  /// Writes the files of a name; returns what they are called in the folder.
  private func write(
    _ files: [(ExplainWorkflow.Format, Data)], as name: String
  ) throws -> [String] {
    try files.map { format, bytes in
      let file = name + "." + format.rawValue
      _ = try folder.write(bytes, to: file)
      return file
    }
  }

  /// The picture with the map at 160 pixels a side at most, as a JPEG file; empty without a picture.
  private func thumbnail(_ figure: any Figure) throws -> Data {
    guard let picture = (figure as? HeatMapOverlay)?.blendedPicture else { return Data() }
    let factor = min(1, 160 / Double(max(picture.width, picture.height)))
    let small = picture.resized(
      width: max(1, Int(Double(picture.width) * factor)),
      height: max(1, Int(Double(picture.height) * factor)), interpolation: .bilinear)
    return Data(try small.jpegBytes(quality: 80))
  }

  /// Refuses numbers that are not finite.
  func check(_ input: PreparedSample, _ sample: SampleExplanations) throws(WorkflowError) {
    for explanation in sample.explanations {
      for values in [explanation.scores, explanation.map.elements, explanation.aligned.elements] {
        if let value = values.first(where: { !$0.isFinite }) { throw input.overflow(value) }
      }
    }
  }

  /// What is told about an input whose explanations are in files.
  func entry(
    _ input: PreparedSample, _ sample: SampleExplanations, files: [[String]]
  ) -> ExplainedInput {
    let explanations = zip(sample.explanations, files).map { explanation, files in
      WrittenExplanation(
        method: explanation.method.method.id, layer: explanation.layer?.name,
        target: explanation.targetTitle, explainedScore: explanation.explainedScore,
        probability: explanation.probability, isEmpty: explanation.isEmpty,
        verdict: verdicts?.verdict(of: explanation.method, at: explanation.layer)?.words,
        channels: explanation.rankedChannels(count: 10),
        ledgers: explanation.ledgers.isEmpty ? nil : explanation.ledgers, files: files)
    }
    return ExplainedInput(
      input: input.path, row: input.row, top: model.ranking(sample.scores, count: 5),
      explanations: explanations)
  }

  private func manifest(_ explanation: Explanation, _ job: Job) -> ExplanationManifest {
    let input = job.input.input(of: explanation)
    return ExplanationManifest(
      explanation, model: model, plan: plan, input: input.path, inputRow: input.row,
      preparation: preparation, provenance: job.provenance)
  }

  /// The bytes of the files of an explanation besides its figure; all are made before one is written.
  private func contents(
    _ explanation: Explanation, _ job: Job
  ) throws -> [(ExplainWorkflow.Format, Data)] {
    var contents: [(ExplainWorkflow.Format, Data)] = []
    if formats.contains(.npz) {
      let archive = try explanation.archive(
        input: job.input.input(of: explanation).tensor, preparation: preparation)
      contents.append((.npz, Data(archive)))
    }
    if formats.contains(.json) {
      contents.append((.json, try manifest(explanation, job).json()))
    }
    if formats.contains(.csv), case .spectrum(let spectrum) = job.input.main.display {
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

  /// The figure of each explanation; none where nobody shows them.
  private func parts(of job: Job) throws -> [any Figure] {
    if formats.isDisjoint(with: [.png, .svg]), record == nil { return [] }
    let maker = ExplanationFigure(
      model: model, plan: plan, colorMap: colorMap, preparation: preparation,
      verdicts: verdicts)
    return try job.sample.explanations.map { try maker.figure($0, job.input.input(of: $0)) }
  }

  /// The files of each figure: one for every explanation, or for those that belong together.
  private func figures(
    _ parts: [any Figure], _ job: Job
  ) throws -> [String: [(ExplainWorkflow.Format, Data)]] {
    let explanations = job.sample.explanations
    var files: [String: [(ExplainWorkflow.Format, Data)]] = [:]
    for name in Set(job.figureNames) {
      let members = explanations.indices.filter { job.figureNames[$0] == name }
      let inputs = members.map { job.input.input(of: explanations[$0]) }
      let formats = inputs.allSatisfy(\.display.isLines) ? formats : formats.subtracting([.svg])
      if formats.isDisjoint(with: [.png, .svg]) { continue }
      let shown = members.map { parts[$0] }
      let figure: any Figure = shown.count == 1 ? shown[0] : FigureRow(shown)
      var contents: [(ExplainWorkflow.Format, Data)] = []
      if formats.contains(.png) { contents.append((.png, Data(try figure.figure().pngBytes()))) }
      if formats.contains(.svg) { contents.append((.svg, Data(try figure.scalableGraphic()))) }
      files[name] = contents
    }
    return files
  }
}

/// What maps have in common that stand in one figure; no layer means the default ones and inputs.
private struct FigureKey: Hashable {
  let method: Int
  let target: Int
  let layer: Int?
}
