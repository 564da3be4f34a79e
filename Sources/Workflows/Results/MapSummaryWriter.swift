import Explanations
import Figures
import Foundation
import ImageData
import SpectralData
import Synchronization

/// Writes what was found about many spectra as arrays, tables and figures of all of them.
struct MapSummaryWriter: Sendable {
  let model: Model
  let plan: ExplanationPlan
  let folder: OutputFolder
  let formats: Set<ExplainWorkflow.Format>
  let colorMap: ColorMap
  let name: String

  /// Where the maps come from; how long they took is told with it.
  let origin: Provenance

  /// Finds bands of mean maps; nil looks for none.
  let bands: BandFinder?

  /// Whether a table of maps is wanted however large it is.
  var writesLargeTables = false

  /// A file that is to be written, and what writes its bytes.
  struct Output: Sendable {
    let name: String
    let fill: @Sendable (FileHandle) throws -> Void
  }

  /// Writes one summary for each axis, method, layer and target.
  ///
  /// - Parameter materials: The spectra on each axis, at least one.
  /// - Returns: What was written.
  /// - Throws: `WorkflowError` when a file cannot be written, and what figures and tables throw.
  func write(_ materials: [SummaryMaterial]) async throws -> [MapSummary] {
    var summaries: [MapSummary] = []
    for (index, material) in materials.enumerated() {
      let stem = materials.count == 1 ? name : "\(name)-axis\(index + 1)"
      summaries += try await write(material, stem)
    }
    return summaries
  }

  /// Writes the spectra on one axis.
  private func write(_ material: SummaryMaterial, _ stem: String) async throws -> [MapSummary] {
    let tables = SummaryTables(material: material, model: model)
    var archive = SummaryArchive(material: material, model: model)
    var names = FileNames()
    var outputs: [Output] = []
    var summaries: [MapSummary] = []
    for item in plan.items.indices {
      let groups = try MapGroups(material, item: item, model: model)
      let suffix = plan.items.count == 1 ? [] : [itemName(item)]
      archive.items.append((groups.groups, suffix.first))
      let base = names.unique([stem] + suffix)
      var own = self.outputs(tables, groups, item: item, base: base)
      var summary = summary(material, groups, item)
      if let bands {
        try GroupBands(material, groups.groups, item: item, bands, model).add(to: &summary)
        own += bandOutputs(summary, material.axis, base)
      }
      outputs += own
      summary.files = own.map { folder.file($0.name) }
      summaries.append(summary)
    }
    var shared = sharedOutputs(tables, archive, stem)
    let file = stem + "-maps.json"
    try protect(summaries, toldBy: file)
    let isTold = folder.has(file)
    for index in summaries.indices {
      summaries[index].files += shared.map { folder.file($0.name) }
      if formats.contains(.json) { summaries[index].files.append(folder.file(file)) }
    }
    if formats.contains(.json) {
      let bytes = try Self.json(summaries)
      shared.append(Output(name: file) { try $0.write(contentsOf: bytes) })
    }
    try await write(outputs + shared, isTold: isTold)
    return summaries
  }

  /// Writes only the tables of bands, of spectra that have files of their own.
  ///
  /// - Parameter materials: The spectra on each axis, at least one.
  /// - Returns: A summary for each axis, method, layer and target.
  /// - Throws: As `write`.
  func writeBands(_ materials: [SummaryMaterial]) async throws -> [MapSummary] {
    guard let bands else { return [] }
    var names = FileNames()
    var summaries: [MapSummary] = []
    for material in materials {
      for item in plan.items.indices {
        let groups = try MapGroups(material, item: item, model: model)
        var summary = summary(material, groups, item)
        try GroupBands(material, groups.groups, item: item, bands, model).add(to: &summary)
        let outputs = bandOutputs(summary, material.axis, names.unique([name, itemName(item)]))
        try await write(outputs, isTold: false)
        summary.files = outputs.map { folder.file($0.name) }
        summaries.append(summary)
      }
    }
    return summaries
  }

  /// Fills files in parallel, then gives them their names; without a table of summaries beside them
  /// they only replace the same.
  private func write(_ outputs: [Output], isTold: Bool) async throws {
    let parts = PartFiles()
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for output in outputs {
          group.addTask { parts.add(try folder.part(output.name, output.fill)) }
        }
        try await group.waitForAll()
      }
      if !isTold { for part in parts.all { try folder.protect(untold: part) } }
      for part in parts.all { try folder.finish(part) }
    } catch {
      for part in parts.all { part.remove() }
      throw error
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
    _ material: SummaryMaterial, _ groups: MapGroups, _ item: Int
  ) -> MapSummary {
    let records = material.records
    var provenance = origin
    provenance.timings = material.timings.first
    let manifest = ExplanationManifest(
      material.first[item], model: model, plan: plan, input: "", inputRow: nil,
      provenance: provenance)
    provenance.timings = material.timings.last
    var files: [String] = []
    for path in records.map(\.path) where files.last != path { files.append(path) }
    return MapSummary(
      method: manifest.method, settings: manifest.settings, layer: manifest.layer,
      scoreForm: plan.form, upsampling: plan.upsampling, count: records.count, inputs: files,
      axisUnit: material.axis.unit.option,
      axisRange: [material.axis.positions[0], material.axis.positions[material.axis.count - 1]],
      mapRange: [groups.range.low, groups.range.high],
      groups: groups.groups.map { group in
        let probabilities = group.members.compactMap {
          records[$0].subjects[item].probability
        }
        let mean = probabilities.reduce(0, +) / Float(max(1, probabilities.count))
        return MapSummary.Group(
          name: group.name, count: group.members.count,
          explained: Dictionary(group.explained.map { ($0.target, $0.count) }) { $0 + $1 },
          meanProbability: probabilities.isEmpty ? nil : mean)
      }, provenance: provenance, files: [])
  }

  func figure(
    _ material: SummaryMaterial, _ groups: MapGroups, _ item: Int
  ) throws -> MapSummaryFigure {
    let first = material.first[item]
    let place = first.layer.map { FileNames.short(layer: $0.name) } ?? "input"
    return try MapSummaryFigure(
      axis: material.axis,
      groups: groups.groups.map { group in
        MapSummaryFigure.Group(
          name: group.name, detail: detail(group), meanSpectrum: group.meanSpectrum,
          meanMap: group.meanMap, deviation: group.deviation, maps: group.lines,
          count: group.members.count)
      }, colorMap: colorMap, title: title(material, item),
      subtitle: [
        first.method.title, place, FigureText.modelName(model), name,
      ].joined(separator: " \u{B7} "), valueLabel: first.method.method.title,
      orderNote: first.classIndex == nil ? "from the highest explained value down" : "")
  }

  /// How many maps there are, and what they are for where that is not the class of each.
  private func title(_ material: SummaryMaterial, _ item: Int) -> String {
    let start = "Mean maps of \(material.records.count) spectra"
    switch plan.items[item].target.unplaced {
    case .ranked: return start
    case .contrasted(.ranked(0)): return start + ", each for its class over the others"
    case .contrasted(.ranked):
      return start + ", each for its own target over the others"
    default: return start + " for \(material.first[item].targetTitle)"
    }
  }

  /// How many spectra a group has, and what is explained of them where that is not its name.
  private func detail(_ group: MapGroups.Group) -> String {
    let count = group.members.count
    let text = count == 1 ? "1 spectrum" : "\(count) spectra"
    let names = group.explained.map(\.target)
    if names == [group.name] || names == [group.name + " over the others"] { return text }
    let parts = group.explained.prefix(4).map { "\($0.target) \($0.count)" }
    let rest = group.explained.count > 4 ? "…" : ""
    return text + ", explained: " + (parts + (rest.isEmpty ? [] : [rest])).joined(separator: ", ")
  }
}

/// Files that are being filled.
private final class PartFiles: Sendable {
  private let parts = Mutex<[PartFile]>([])

  func add(_ part: PartFile) { parts.withLock { $0.append(part) } }

  var all: [PartFile] { parts.withLock { $0 } }
}
