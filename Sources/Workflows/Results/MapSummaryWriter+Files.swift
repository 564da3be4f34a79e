import Explanations
import Figures
import Foundation
import ImageData
import SpectralData

// The files of a summary.
extension MapSummaryWriter {
  /// The tables and figures of one method, layer and target.
  func outputs(
    _ tables: SummaryTables, _ groups: MapGroups, item: Int, base: String
  ) -> [Output] {
    let material = tables.material
    var outputs: [Output] = []
    if formats.contains(.png) {
      outputs.append(
        Output(name: base + "-maps.png") {
          try $0.write(
            contentsOf: Data(try figure(material, groups, item).figure().pngBytes()))
        })
    }
    if formats.contains(.svg) {
      outputs.append(
        Output(name: base + "-maps.svg") {
          try $0.write(contentsOf: Data(try figure(material, groups, item).scalableGraphic()))
        })
    }
    outputs += mapOutputs(tables.material, groups, item: item, base: base)
    if formats.contains(.csv) {
      let count = material.records.count * material.axis.count
      if writesLargeTables || count <= SummaryTables.greatestMapValueCount {
        outputs.append(
          Output(name: base + "-maps.csv") { try tables.writeMaps(item, to: $0) })
      }
      outputs.append(
        Output(name: base + "-means.csv") { try $0.write(contentsOf: tables.means(groups.groups)) })
    }
    return outputs
  }

  /// The figures of maps of samples, one for each file.
  func mapOutputs(
    _ material: SummaryMaterial, _ groups: MapGroups, item: Int, base: String
  ) -> [Output] {
    let samples = SampleMaps(material: material, model: model)
    let maps = samples.maps
    var names = FileNames()
    return maps.flatMap { map -> [Output] in
      let file = maps.count == 1 ? [] : [map.path.split(separator: "/").last.map(String.init) ?? ""]
      let name = names.unique([base] + file + ["map"])
      let figure = { @Sendable () throws -> SampleMapFigure in
        try samples.figure(map, groups.groups, item: item, colorMap: colorMap)
      }
      var outputs: [Output] = []
      if formats.contains(.png) {
        outputs.append(
          Output(name: name + ".png") {
            try $0.write(contentsOf: Data(try figure().figure().pngBytes()))
          })
      }
      if formats.contains(.svg) {
        outputs.append(
          Output(name: name + ".svg") {
            try $0.write(contentsOf: Data(try figure().scalableGraphic()))
          })
      }
      return outputs
    }
  }

  /// The table of bands.
  func bandOutputs(_ summary: MapSummary, _ axis: SpectralAxis, _ base: String) -> [Output] {
    guard formats.contains(.csv) else { return [] }
    let table = BandFile(axis: axis, groups: summary.groups)
    return [
      Output(name: base + "-bands.csv") { try $0.write(contentsOf: Data(table.text.utf8)) }
    ]
  }

  /// The files of all methods, layers and targets together.
  func sharedOutputs(
    _ tables: SummaryTables, _ archive: SummaryArchive, _ stem: String
  ) -> [Output] {
    var outputs: [Output] = []
    if formats.contains(.csv) {
      outputs.append(
        Output(name: stem + "-predictions.csv") { try $0.write(contentsOf: tables.predictions()) })
    }
    if formats.contains(.npz) {
      outputs.append(Output(name: stem + "-maps.npz", fill: archive.write))
    }
    return outputs
  }
}
