import Explanations
import Figures
import Foundation
import ImageData
import SpectralData
import TensorCore

/// Draws explanations and writes them to a folder.
struct ExplanationWriter: Sendable {
  /// One input with what is written about it.
  struct Job: Sendable {
    let input: PreparedInput
    let sample: SampleExplanations
    let names: [String]
    let provenance: Provenance
  }

  let model: Model
  let plan: ExplanationPlan
  let folder: String
  let formats: Set<ExplainWorkflow.Format>
  let colorMap: ColorMap

  /// Names the files of an input.
  func job(
    _ input: PreparedInput, _ sample: SampleExplanations, _ provenance: Provenance,
    _ names: inout FileNames
  ) -> Job {
    let chosen = zip(plan.items, sample.explanations).map { item, explanation in
      var parts = [input.stem, explanation.method.method.id]
      if let layer = explanation.layer { parts.append(FileNames.short(layer: layer.name)) }
      if case .ranked(let place) = plan.targets[item.target], model.scoreCount > 1 {
        parts.append("top\(place + 1)")
      }
      parts.append(explanation.targetTitle)
      return names.unique(parts)
    }
    return Job(input: input, sample: sample, names: chosen, provenance: provenance)
  }

  /// Writes inputs in parallel; those that cannot be written are reported as failures.
  func write(_ jobs: [Job], _ source: InputSource) async -> [ExplainedInput] {
    await withTaskGroup(of: (Int, ExplainedInput?).self) { group in
      for (index, job) in jobs.enumerated() {
        group.addTask {
          do {
            return (index, try write(job))
          } catch {
            source.report(InputFailure(job.input.path, error))
            return (index, nil)
          }
        }
      }
      var written = [ExplainedInput?](repeating: nil, count: jobs.count)
      for await (index, input) in group { written[index] = input }
      return written.compactMap(\.self)
    }
  }

  private func write(_ job: Job) throws -> ExplainedInput {
    let explanations = try zip(job.names, job.sample.explanations).map { name, explanation in
      let contents = try contents(explanation, job)
      var files: [String] = []
      for (format, bytes) in contents {
        let path = folder + (folder.hasSuffix("/") ? "" : "/") + name + "." + format.rawValue
        try Self.write(bytes, to: path)
        files.append(path)
      }
      return WrittenExplanation(
        method: explanation.method.method.id, layer: explanation.layer?.name,
        target: explanation.targetTitle, explainedScore: explanation.explainedScore,
        probability: model.probability(of: explanation), isEmpty: explanation.isEmpty,
        ledgers: explanation.ledgers.isEmpty ? nil : explanation.ledgers, files: files)
    }
    return ExplainedInput(
      input: job.input.path, row: job.input.row, top: model.ranking(job.sample.scores, count: 5),
      explanations: explanations)
  }

  /// Writes through a temporary file, so that no part of a file is left behind.
  private static func write(_ bytes: Data, to path: String) throws(WorkflowError) {
    do {
      try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw WorkflowError(
        .unwritable, "\(path): cannot be written; is the disk full, or the folder gone?")
    }
  }

  /// The bytes of every file of an explanation; all of them are made before one is written.
  private func contents(
    _ explanation: Explanation, _ job: Job
  ) throws -> [(ExplainWorkflow.Format, Data)] {
    let values = [explanation.scores, explanation.map.elements, explanation.aligned.elements]
    if let value = values.joined().first(where: { !$0.isFinite }) {
      throw job.input.overflow(value)
    }
    var contents = try figures(explanation, job)
    if formats.contains(.npz) {
      contents.append((.npz, Data(try explanation.archive(input: job.input.tensor))))
    }
    if formats.contains(.json) {
      let manifest = ExplanationManifest(
        explanation, model: model, plan: plan, input: job.input.path, inputRow: job.input.row,
        provenance: job.provenance)
      contents.append((.json, try manifest.json()))
    }
    return contents
  }

  private func figures(
    _ explanation: Explanation, _ job: Job
  ) throws -> [(ExplainWorkflow.Format, Data)] {
    let text = FigureText(explanation, model: model, plan: plan, input: job.input)
    let scale = Self.scale(of: explanation.aligned)
    switch job.input.display {
    case .picture(let picture):
      guard formats.contains(.png) else { return [] }
      let overlay = try HeatMapOverlay(
        picture: picture, map: explanation.aligned, scale: scale, colorMap: colorMap,
        title: text.title, subtitle: text.subtitle, valueLabel: text.valueLabel)
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

  /// Signed when a value lies below zero by more than rounding.
  private static func scale(of map: Tensor) -> MapScale {
    let lowest = map.elements.min() ?? 0
    let largest = map.elements.reduce(Float(0)) { max($0, abs($1)) }
    return lowest < -1e-6 * largest ? .signed : .positive
  }
}
