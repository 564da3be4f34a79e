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
    let input: PreparedSample
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
    let inputs = model.inputs.filter { input in plan.items.contains { $0.input == input } }
    var contents: [(String, Data)] = []
    for input in inputs {
      let figure = try figure(job, on: input)
      let name = job.name + (inputs.count == 1 ? "" : "-" + FileNames.safe(input.name))
      let bytes = Data(try figure.figure().pngBytes())
      try folder.protect(name + ".png") { $0 == bytes ? nil : "other maps" }
      contents.append((name + ".png", bytes))
      if job.input.inputs[input.name]?.display.isLines == true {
        contents.append((name + ".svg", Data(try figure.scalableGraphic())))
      }
    }
    let files = try contents.map { try folder.write($0.1, to: $0.0) }
    return ComparedInput(
      input: job.input.path, row: job.input.row, top: model.ranking(job.sample.scores, count: 5),
      files: files, cells: explanations.map { cell($0, of: job.input) })
  }

  /// A map in numbers, with its share in the region that is measured.
  private func cell(_ explanation: Explanation, of input: PreparedSample) -> ComparedCell {
    let own = input.input(of: explanation)
    let axis = own.axis?.positions ?? (1...max(1, own.tensor.shape[1])).map(Double.init)
    let share = region.flatMap { $0.share(of: aligned(explanation), axis: axis) }
    return ComparedCell(explanation, model, shareInRegion: share)
  }

  private func aligned(_ explanation: Explanation) -> Tensor {
    explanation.map(alignedTo: explanation.input.positions, plan.upsampling)
  }

  /// The maps that lie on an input.
  private func figure(_ job: Job, on input: NetworkInput) throws -> ComparisonFigure {
    let prepared = job.input.inputs[input.name] ?? job.input.main
    let subject = ComparisonSubject(prepared.display)
    let titles = targetExplanations(job.sample).map { FigureText.title($0, model) }
    let shown = zip(plan.items, job.sample.explanations).filter { $0.0.input == input }
    let arrangement = ComparisonArrangement(
      shown.map { ($0.0.place.method, $0.0.place.layer ?? -1) })
    let heads = rows(arrangement.places, input)
    let cells = shown.map { item, explanation in
      ComparisonFigure.Cell(
        target: item.place.target, method: item.place.method,
        row: arrangement.row(of: item.place.layer ?? -1),
        values: explanation.map.elements
      ) {
        subject.arranged(aligned(explanation))
      }
    }
    let methods = plan.methods.enumerated().map { index, method in
      arrangement.name(
        plan.distinguishing(method.method.title, of: method), ofMethod: index, heads: heads)
    }
    var figure = try ComparisonFigure(
      subject: subject.subject, title: titles.joined(separator: " \u{B7} "),
      subtitle: FigureText.source(model, prepared, preparation), targets: titles,
      methods: methods, rows: arrangement.rows(heads), cells: cells, division: division,
      colorMap: colorMap)
    figure.inputName = Self.name(prepared)
    return figure
  }

  /// What an input is called that is drawn as something else than it is.
  private static func name(_ input: PreparedInput) -> String? {
    let extents = input.tensor.shape.extents.map(String.init)
    switch input.display {
    case .picture, .spectrum: return nil
    case .series: return "Input, \(extents.joined(separator: " × ")) points"
    case .volume: return "Input " + extents.dropFirst().joined(separator: " × ")
    case .row(let numbers): return "Input, \(numbers.count) numbers"
    }
  }

  /// One explanation of each target.
  private func targetExplanations(_ sample: SampleExplanations) -> [Explanation] {
    plan.targets.indices.compactMap { target in
      plan.items.firstIndex { $0.place.target == target }.map { sample.explanations[$0] }
    }
  }

  /// The heads of rows: layers by their places in the plan, −1 for the input itself.
  private func rows(_ places: [Int], _ input: NetworkInput) -> [ComparisonFigure.Row] {
    func extents(_ grid: [Int]) -> String { grid.map(String.init).joined(separator: " × ") }
    let names = FileNames.heads(layers: plan.layers.map(\.name))
    let name = model.inputs.count == 1 ? "input" : "input \(input.name)"
    return places.map { place in
      place < 0
        ? ComparisonFigure.Row(name: name, detail: extents(input.positions))
        : ComparisonFigure.Row(
          name: names[place], detail: extents(plan.layers[place].gridExtents))
    }
  }
}
