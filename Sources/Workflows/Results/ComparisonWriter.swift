import Explanations
import Figures
import Foundation
import ImageData
import SpectralData
import TensorCore

/// Draws all maps of an input as one figure and writes it to a folder.
struct ComparisonWriter: ResultWriter {
  /// One input with what is written about it.
  struct Job: Sendable {
    let input: PreparedInput
    let sample: SampleExplanations
    let name: String
  }

  let model: Model
  let plan: ExplanationPlan
  let folder: OutputFolder
  let division: ComparisonFigure.Division
  let colorMap: ColorMap
  let region: MapRegion?
  let preparation: PreparationRecord

  func job(_ explained: ExplainedSample, _ names: inout FileNames) -> Job {
    let (input, sample) = (explained.input, explained.sample)
    let targets = zip(plan.targets, targetExplanations(sample)).map { target, explanation in
      let title = explanation.targetTitle
      if case .ranked(let place) = target.unplaced, model.scoreCount > 1 {
        return "top\(place + 1)-\(title)"
      }
      return title
    }
    let parts = [input.stem, "compare", targets.joined(separator: "-")]
    return Job(input: input, sample: sample, name: names.unique(parts))
  }

  func path(of job: Job) -> String { job.input.path }

  func write(_ job: Job) throws -> ComparedInput {
    let explanations = job.sample.explanations
    let values = [job.sample.scores] + explanations.map(\.map.elements)
    if let value = values.joined().first(where: { !$0.isFinite }) {
      throw job.input.overflow(value)
    }
    let figure = try figure(job)
    var contents = [("png", Data(try figure.figure().pngBytes()))]
    let bytes = contents[0].1
    try folder.protect(job.name + ".png") { $0 == bytes ? nil : "other maps" }
    if case .spectrum = job.input.display {
      contents.append(("svg", Data(try figure.scalableGraphic())))
    }
    let files = try contents.map { try folder.write($0.1, to: job.name + "." + $0.0) }
    return ComparedInput(
      input: job.input.path, row: job.input.row, top: model.ranking(job.sample.scores, count: 5),
      files: files, cells: explanations.map { cell($0, of: job.input) })
  }

  /// A map in numbers, with its share in the region that is measured.
  private func cell(_ explanation: Explanation, of input: PreparedInput) -> ComparedCell {
    var axis: [Double]?
    if case .spectrum(let spectrum) = input.display { axis = spectrum.axis.positions }
    let positions = Array(model.inputShape.extents.dropFirst())
    let share = region.flatMap {
      $0.share(of: explanation.map(alignedTo: positions, plan.upsampling), axis: axis)
    }
    return ComparedCell(explanation, model, shareInRegion: share)
  }

  private func figure(_ job: Job) throws -> ComparisonFigure {
    let subject: ComparisonFigure.Subject =
      switch job.input.display {
      case .picture(let picture): .picture(picture)
      case .spectrum(let spectrum): .spectrum(spectrum)
      }
    let positions = Array(model.inputShape.extents.dropFirst())
    let titles = targetExplanations(job.sample).map { FigureText.title($0, model) }
    let cells = zip(plan.items, job.sample.explanations).map { item, explanation in
      ComparisonFigure.Cell(
        target: item.place.target, method: item.place.method,
        row: item.place.layer.map { $0 + inputRowCount } ?? 0,
        values: explanation.map.elements
      ) {
        explanation.map(alignedTo: positions, plan.upsampling)
      }
    }
    return try ComparisonFigure(
      subject: subject, title: titles.joined(separator: " \u{B7} "),
      subtitle: FigureText.source(model, job.input, preparation), targets: titles,
      methods: plan.methods.map(\.method.title), rows: rows(positions), cells: cells,
      division: division, colorMap: colorMap)
  }

  /// One explanation of each target.
  private func targetExplanations(_ sample: SampleExplanations) -> [Explanation] {
    plan.targets.indices.compactMap { target in
      plan.items.firstIndex { $0.place.target == target }.map { sample.explanations[$0] }
    }
  }

  /// How many rows stand before the layers: one for what looks at the input, if anything does.
  private var inputRowCount: Int { plan.items.contains { $0.layer == nil } ? 1 : 0 }

  private func rows(_ positions: [Int]) -> [ComparisonFigure.Row] {
    func extents(_ grid: [Int]) -> String { grid.map(String.init).joined(separator: " × ") }
    let names = FileNames.heads(layers: plan.layers.map(\.name))
    let layers = zip(plan.layers, names).map { layer, name in
      ComparisonFigure.Row(name: name, detail: extents(layer.gridExtents))
    }
    let input = ComparisonFigure.Row(name: "input", detail: extents(positions))
    return Array(repeating: input, count: inputRowCount) + layers
  }
}
