import Explanations
import Foundation
import SpectralData
import TensorCore

/// The arrays of a summary.
///
/// Shared by all maps are `axis`, `spectra` as measured, `inputs` as the network received them,
/// `scores`, `files`, `rows`, `names` and `labels` (empty texts where a file says nothing), and of maps
/// of a sample `places` `[samples, 2]`. Each map adds `maps` `[samples, positions]`, `explained` (what is
/// explained), `explained_score`, and `groups` with `group_counts`, `mean` and `deviation`
/// `[groups, positions]`.
struct SummaryArchive: Sendable {
  let material: SummaryMaterial
  let model: Model

  /// The groups of each item, with the end of the names of its arrays.
  var items: [(groups: [MapGroups.Group], name: String?)] = []

  /// Writes the archive, array by array.
  ///
  /// - Throws: What is wrong with the disk.
  func write(to file: FileHandle) throws {
    let records = material.records
    var writer = NPZFileWriter(file)
    try writer.append("axis", .doubles(material.axis.positions))
    try writer.append("axis_unit", .texts([material.axis.unit.option]))
    try append("spectra", material.spectra, to: &writer)
    try append("inputs", material.inputs, to: &writer)
    try writer.append("scores", .tensor(Self.stack(records.map(\.scores))))
    try writer.append("score_names", .texts((0..<model.scoreCount).map(model.label)))
    try writer.append("files", .texts(records.map(\.path)))
    try writer.append("rows", .doubles(records.map { Double($0.row ?? 0) }))
    try writer.append("names", .texts(records.map { $0.name ?? "" }))
    try writer.append("labels", .texts(records.map { $0.label ?? "" }))
    let places = records.compactMap(\.place)
    if places.count == records.count {
      let numbers = places.map { [Float($0.x), Float($0.y)] }
      try writer.append("places", .tensor(Self.stack(numbers)))
    }
    for (item, part) in items.enumerated() { try write(item, part, to: &writer) }
    try writer.finish()
  }

  /// Writes the arrays of one method, layer and target.
  private func write(
    _ item: Int, _ part: (groups: [MapGroups.Group], name: String?),
    to writer: inout NPZFileWriter
  ) throws {
    let end = part.name.map { " " + $0 } ?? ""
    let subjects = material.records.map { $0.subjects[item] }
    try append("maps" + end, material.maps[item], to: &writer)
    try writer.append("explained" + end, .texts(subjects.map(\.title)))
    try writer.append(
      "explained_score" + end,
      .tensor(Tensor(shape: [subjects.count], elements: subjects.map(\.score))))
    try writer.append("groups" + end, .texts(part.groups.map(\.name)))
    try writer.append(
      "group_counts" + end, .doubles(part.groups.map { Double($0.members.count) }))
    try writer.append("mean" + end, .tensor(Self.stack(part.groups.map(\.meanMap))))
    try writer.append("deviation" + end, .tensor(Self.stack(part.groups.map(\.deviation))))
  }

  private func append(
    _ name: String, _ rows: RowSpool, to writer: inout NPZFileWriter
  ) throws {
    try writer.append(
      name, shape: [rows.rowCount, rows.columnCount], parts: rows.readParts)
  }

  private static func stack(_ rows: [[Float]]) -> Tensor {
    Tensor(shape: [rows.count, rows[0].count], elements: rows.flatMap(\.self))
  }
}

/// The tables of a summary.
struct SummaryTables: Sendable {
  let material: SummaryMaterial
  let model: Model

  /// From how many values on maps are only written as arrays, unless a table is asked for.
  static let greatestMapValueCount = 4_000_000

  /// Writes a line for each spectrum: where it comes from, what is explained, and its map, one column
  /// per position.
  ///
  /// - Throws: What is wrong with the disk; `SpectrumError` when columns could be taken for positions.
  func writeMaps(_ item: Int, to file: FileHandle) throws {
    let subjects = material.records.map { $0.subjects[item] }
    let columns =
      origins
      + [
        column("explained", subjects.map(\.title)), column("score", subjects.map { "\($0.score)" }),
        column("probability", subjects.map { $0.probability.map { "\($0)" } ?? "" }),
      ].compactMap(\.self)
    let table = try SpectrumTable(columns, on: material.axis)
    try file.write(contentsOf: Data(table.header.utf8))
    try material.maps[item].readRows { index, row in
      try file.write(contentsOf: Data(table.line(index, row).utf8))
    }
  }

  /// A line for each spectrum: where it comes from, and what the network says of it.
  func predictions() -> Data {
    let records = material.records
    let hasProbabilities = records.allSatisfy { $0.probabilities != nil }
    let hasClasses = model.output.role != .values
    var columns = origins
    if hasClasses {
      let tops = records.map { record in
        record.scores.indices.max { record.scores[$0] < record.scores[$1] } ?? 0
      }
      columns.append(.init(name: "predicted", values: tops.map(model.label)))
    }
    for index in 0..<model.scoreCount {
      let values = records.map { hasProbabilities ? $0.probabilities ?? $0.scores : $0.scores }
      let kind = hasClasses ? (hasProbabilities ? "probability of " : "score of ") : ""
      columns.append(.init(name: kind + model.label(index), values: values.map { "\($0[index])" }))
    }
    var table = CSVTable(quoting: .cautious)
    table.append(columns.map(\.name))
    for index in records.indices { table.append(columns.map { $0.values[index] }) }
    return Data(table.text.utf8)
  }

  /// A line for each position: where it is, and the mean and deviation of every group.
  func means(_ groups: [MapGroups.Group]) -> Data {
    var table = CSVTable(quoting: .cautious)
    table.append(
      [material.axis.label] + groups.flatMap { [$0.name + " mean", $0.name + " SD"] })
    for (index, position) in material.axis.positions.enumerated() {
      let values = groups.flatMap { ["\($0.meanMap[index])", "\($0.deviation[index])"] }
      table.append(["\(position)"] + values)
    }
    return Data(table.text.utf8)
  }

  /// The columns that say which spectrum it is.
  private var origins: [SpectralDataset.MetadataColumn] {
    let records = material.records
    let isMap = records.allSatisfy { $0.place != nil }
    func place(_ value: (MapPlace) -> Double) -> [String] {
      isMap ? records.map { $0.place.map { "\(value($0))" } ?? "" } : []
    }
    return [
      column("file", records.map(\.path)), column("row", records.map { "\($0.row ?? 0)" }),
      column("name", records.map { $0.name ?? "" }),
      column("label", records.map { $0.label ?? "" }), column("map x", place(\.x)),
      column("map y", place(\.y)),
    ].compactMap(\.self)
  }

  private func column(_ name: String, _ values: [String]) -> SpectralDataset.MetadataColumn? {
    values.allSatisfy(\.isEmpty) ? nil : .init(name: name, values: values)
  }
}
