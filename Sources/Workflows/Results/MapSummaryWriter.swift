import Explanations
import Figures
import Foundation
import ImageData
import SpectralData
import TensorCore

/// Writes what was found about many spectra as arrays, tables and figures of all of them.
struct MapSummaryWriter: Sendable {
  let model: Model
  let plan: ExplanationPlan
  let folder: OutputFolder
  let formats: Set<ExplainWorkflow.Format>
  let colorMap: ColorMap
  let name: String

  /// The bytes of a file that is to be written, made when it is.
  private struct Output: Sendable {
    let name: String
    let bytes: @Sendable () throws -> Data
  }

  /// Writes one summary for each axis, method, layer and target.
  ///
  /// - Parameter jobs: At least one spectrum.
  /// - Returns: What was written.
  /// - Throws: `WorkflowError` when a file cannot be written, and what figures and tables throw.
  func write(_ jobs: [ExplanationWriter.Job]) async throws -> [MapSummary] {
    var axes: [SpectralAxis] = []
    for axis in jobs.compactMap(\.input.axis) where !axes.contains(axis) { axes.append(axis) }
    var summaries: [MapSummary] = []
    for (index, axis) in axes.enumerated() {
      let part = axes.count == 1 ? jobs : jobs.filter { $0.input.axis == axis }
      let stem = axes.count == 1 ? name : "\(name)-axis\(index + 1)"
      summaries += try await write(part, axis, stem)
    }
    return summaries
  }

  /// Writes the spectra on one axis.
  private func write(
    _ jobs: [ExplanationWriter.Job], _ axis: SpectralAxis, _ stem: String
  ) async throws -> [MapSummary] {
    var archive = SummaryArchive(jobs, axis, model)
    var names = FileNames()
    var outputs: [Output] = []
    var summaries: [MapSummary] = []
    for item in plan.items.indices {
      let groups = MapGroups(jobs, item: item, model: model).groups
      let suffix = plan.items.count == 1 ? [] : [itemName(item)]
      archive.add(jobs, groups, item: item, name: suffix.first)
      let own = self.outputs(
        jobs, axis, groups, item: item, base: names.unique([stem] + suffix))
      outputs += own
      var summary = summary(jobs, axis, groups, item)
      summary.files = own.map { folder.file($0.name) }
      summaries.append(summary)
    }
    if formats.contains(.npz) {
      let finished = archive
      outputs.append(Output(name: stem + "-maps.npz") { Data(try finished.bytes()) })
      for index in summaries.indices {
        summaries[index].files.append(folder.file(stem + "-maps.npz"))
      }
    }
    let file = stem + "-maps.json"
    try protect(summaries, toldBy: file)
    let isTold = folder.has(file)
    if formats.contains(.json) {
      for index in summaries.indices { summaries[index].files.append(folder.file(file)) }
      let finished = summaries
      outputs.append(Output(name: file) { try Self.json(finished) })
    }
    try await write(outputs, isTold: isTold)
    return summaries
  }

  /// Makes files in parallel, then writes them; without a table of summaries beside them they are only
  /// replaced by the same.
  private func write(_ outputs: [Output], isTold: Bool) async throws {
    try await withThrowingTaskGroup(of: (String, Data).self) { group in
      for output in outputs { group.addTask { (output.name, try output.bytes()) } }
      var made: [(String, Data)] = []
      while let file = try await group.next() { made.append(file) }
      if !isTold { for (name, bytes) in made { try folder.protect(name, untold: bytes) } }
      for (name, bytes) in made { _ = try folder.write(bytes, to: name) }
    }
  }

  /// Refuses to replace summaries that other settings made.
  private func protect(_ summaries: [MapSummary], toldBy file: String) throws(WorkflowError) {
    try folder.protect(file) { bytes in
      guard let former = try? JSONDecoder().decode([MapSummary].self, from: bytes) else {
        return "something else"
      }
      if former.count != summaries.count {
        return "\(former.count) kinds of maps, not \(summaries.count)"
      }
      return zip(summaries, former).lazy.compactMap { $0.difference(from: $1) }.first
    }
  }

  private static func json(_ summaries: [MapSummary]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(summaries) + Data("\n".utf8)
  }

  /// The tables and figures of one method, layer and target.
  private func outputs(
    _ jobs: [ExplanationWriter.Job], _ axis: SpectralAxis, _ groups: [MapGroups.Group], item: Int,
    base: String
  ) -> [Output] {
    var outputs: [Output] = []
    if formats.contains(.png) {
      outputs.append(
        Output(name: base + "-maps.png") {
          Data(try figure(jobs, axis, groups, item).figure().pngBytes())
        })
    }
    if formats.contains(.svg) {
      outputs.append(
        Output(name: base + "-maps.svg") {
          Data(try figure(jobs, axis, groups, item).scalableGraphic())
        })
    }
    if formats.contains(.csv) {
      let tables = SummaryTables(jobs: jobs, axis: axis, groups: groups, item: item, model: model)
      outputs.append(Output(name: base + "-maps.csv") { try tables.maps() })
      outputs.append(Output(name: base + "-means.csv") { tables.means() })
    }
    return outputs
  }

  /// What tells an explanation from the others of an input: method, layer and target.
  private func itemName(_ item: Int) -> String {
    let part = plan.items[item]
    var parts = [part.method.method.id]
    if plan.layers.count > 1, let layer = part.layer {
      parts.append(FileNames.short(layer: layer.name))
    }
    if plan.targets.count > 1 { parts.append(targetName(part)) }
    return FileNames.safe(parts.joined(separator: "-"))
  }

  private func targetName(_ item: PlanItem) -> String {
    switch item.target.unplaced {
    case .ranked(let place): "top\(place + 1)"
    case .output(let index): model.label(index)
    case .negated(let index): "not \(model.label(index))"
    case .contrasted, .given, .margin, .weights, .similarity, .symbol, .placed:
      "target\(item.place.target + 1)"
    }
  }

  private func summary(
    _ jobs: [ExplanationWriter.Job], _ axis: SpectralAxis, _ groups: [MapGroups.Group], _ item: Int
  ) -> MapSummary {
    let first = jobs[0].sample.explanations[item]
    let manifest = ExplanationManifest(
      first, model: model, plan: plan, input: "", inputRow: nil, provenance: jobs[0].provenance)
    var files: [String] = []
    for path in jobs.map(\.input.path) where files.last != path { files.append(path) }
    let ranges = jobs.map { job in
      let values = job.sample.explanations[item].aligned.elements
      return (low: values.min() ?? 0, high: values.max() ?? 0)
    }
    return MapSummary(
      method: manifest.method, settings: manifest.settings, layer: manifest.layer,
      scoreForm: plan.form, upsampling: plan.upsampling, count: jobs.count, inputs: files,
      axisUnit: axis.unit.option,
      axisRange: [axis.positions[0], axis.positions[axis.count - 1]],
      mapRange: [ranges.map(\.low).min() ?? 0, ranges.map(\.high).max() ?? 0],
      groups: groups.map { group in
        let probabilities = group.members.compactMap {
          jobs[$0].sample.explanations[item].probability
        }
        let mean = probabilities.reduce(0, +) / Float(max(1, probabilities.count))
        return MapSummary.Group(
          name: group.name, count: group.members.count,
          explained: Dictionary(group.explained.map { ($0.target, $0.count) }) { $0 + $1 },
          meanProbability: probabilities.isEmpty ? nil : mean)
      }, provenance: jobs[jobs.count - 1].provenance, files: [])
  }

  private func figure(
    _ jobs: [ExplanationWriter.Job], _ axis: SpectralAxis, _ groups: [MapGroups.Group], _ item: Int
  ) throws -> MapSummaryFigure {
    let first = jobs[0].sample.explanations[item]
    let place = first.layer.map { FileNames.short(layer: $0.name) } ?? "input"
    let target = plan.items[item].target
    var title = "Mean maps of \(jobs.count) spectra"
    if case .ranked = target.unplaced {} else { title += " for \(first.targetTitle)" }
    return try MapSummaryFigure(
      axis: axis,
      groups: groups.map { group in
        MapSummaryFigure.Group(
          name: group.name, detail: Self.detail(group), meanSpectrum: group.meanSpectrum,
          meanMap: group.meanMap, deviation: group.deviation,
          maps: group.members.map { jobs[$0].sample.explanations[item].aligned.elements })
      }, colorMap: colorMap, title: title,
      subtitle: [
        first.method.method.title, place, FigureText.modelName(model), name,
      ].joined(separator: " \u{B7} "), valueLabel: first.method.method.title,
      orderNote: first.classIndex == nil ? "from the highest explained value down" : "")
  }

  /// How many spectra a group has, and what is explained of them where that is not its name.
  private static func detail(_ group: MapGroups.Group) -> String {
    let count = group.members.count
    let text = count == 1 ? "1 spectrum" : "\(count) spectra"
    if group.explained.map(\.target) == [group.name] { return text }
    let parts = group.explained.prefix(4).map { "\($0.target) \($0.count)" }
    let rest = group.explained.count > 4 ? "…" : ""
    return text + ", explained: " + (parts + (rest.isEmpty ? [] : [rest])).joined(separator: ", ")
  }
}
