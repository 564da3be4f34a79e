import Explanations
import Figures
import SpectralData

/// The figures of maps of samples among explained spectra.
struct SampleMaps: Sendable {
  let material: SummaryMaterial
  let model: Model

  /// One map of a sample.
  struct Map: Sendable {
    /// The file.
    let path: String

    /// Its spectra.
    let members: [Int]
    let grid: MapGrid
  }

  /// The maps, file by file; what lies on no grid is no map.
  var maps: [Map] {
    var paths: [String] = []
    var members: [String: [Int]] = [:]
    for (index, record) in material.records.enumerated() where record.place != nil {
      if members[record.path] == nil { paths.append(record.path) }
      members[record.path, default: []].append(index)
    }
    return paths.compactMap { path in
      let own = members[path] ?? []
      let places = own.compactMap { material.records[$0].place }
      return MapGrid(places).map { Map(path: path, members: own, grid: $0) }
    }
  }

  /// The figure of a map.
  ///
  /// - Parameters:
  ///   - map: The map.
  ///   - groups: All spectra in groups, with the mean evidence of each.
  ///   - item: Which explanation of each.
  ///   - colorMap: The colors of measured values.
  /// - Returns: The class, or the value, at each place.
  /// - Throws: `FigureError` when a value is not finite.
  func figure(
    _ map: Map, _ groups: [MapGroups.Group], item: Int, colorMap: ColorMap
  ) throws -> SampleMapFigure {
    let first = material.first[item]
    let place = first.layer.map { FileNames.short(layer: $0.name) } ?? "input"
    let file = map.path.split(separator: "/").last.map(String.init) ?? map.path
    let labels = (0..<model.scoreCount).map(model.label)
    return try SampleMapFigure(
      title: "\(file): \(map.members.count) places",
      subtitle: [
        first.method.title, place, FigureText.modelName(model),
      ].joined(separator: " \u{B7} "), grid: map.grid.grid, cells: cells(map, labels, item),
      axis: material.axis,
      panels: groups.map { group in
        SampleMapFigure.Panel(
          name: group.name,
          note: group.members.count == 1 ? "1 spectrum" : "\(group.members.count) spectra",
          classIndex: labels.firstIndex(of: group.name), spectrum: group.meanSpectrum,
          map: group.meanMap)
      }, colorMap: colorMap, valueLabel: first.method.method.title.lowercased())
  }

  /// What the network says at each cell.
  private func cells(_ map: Map, _ labels: [String], _ item: Int) -> SampleMapFigure.Cells {
    let count = map.grid.grid.rowCount * map.grid.grid.columnCount
    guard model.output.role != .values, model.scoreCount > 1 else {
      var values = [Float?](repeating: nil, count: count)
      for (member, cell) in zip(map.members, map.grid.cells) {
        values[cell] = material.records[member].subjects[item].score
      }
      return .values(values, name: material.first[item].targetTitle)
    }
    var classes = [Int?](repeating: nil, count: count)
    for (member, cell) in zip(map.members, map.grid.cells) {
      classes[cell] = Target.ranking(material.records[member].scores).first
    }
    return .classes(classes, names: labels)
  }
}
