import Explanations
import Foundation
import SpectralData
import TensorCore

/// The arrays of a summary.
///
/// Shared by all maps are `axis`, `spectra` as measured, `inputs` as the network received them,
/// `scores`, `files`, `rows`, `names` and `labels` (empty texts where a file says nothing). Each map
/// adds `maps` `[samples, positions]`, `explained` (what is explained), `explained_score`, and
/// `groups` with `group_counts`, `mean` and `deviation` `[groups, positions]`.
struct SummaryArchive: Sendable {
  private var arrays: [(String, NPYContents)]

  init(_ jobs: [ExplanationWriter.Job], _ axis: SpectralAxis, _ model: Model) {
    arrays = [
      ("axis", .doubles(axis.positions)), ("axis_unit", .texts([axis.unit.option])),
      ("spectra", .tensor(Self.stack(jobs.map(\.input.intensities)))),
      ("inputs", .tensor(Self.stack(jobs.map(\.input.main.tensor.elements)))),
      ("scores", .tensor(Self.stack(jobs.map(\.sample.scores)))),
      ("score_names", .texts((0..<model.scoreCount).map(model.label))),
      ("files", .texts(jobs.map(\.input.path))),
      ("rows", .doubles(jobs.map { Double($0.input.row ?? 0) })),
      ("names", .texts(jobs.map { $0.input.spectrumName ?? "" })),
      ("labels", .texts(jobs.map { $0.input.label ?? "" })),
    ]
  }

  /// Adds the maps of one method, layer and target; a name follows those of their arrays.
  mutating func add(
    _ jobs: [ExplanationWriter.Job], _ groups: [MapGroups.Group], item: Int, name: String?
  ) {
    let end = name.map { " " + $0 } ?? ""
    let explanations = jobs.map { $0.sample.explanations[item] }
    arrays += [
      ("maps" + end, .tensor(Self.stack(explanations.map(\.aligned.elements)))),
      ("explained" + end, .texts(explanations.map(\.targetTitle))),
      (
        "explained_score" + end,
        .tensor(Tensor(shape: [jobs.count], elements: explanations.map(\.explainedScore)))
      ),
      ("groups" + end, .texts(groups.map(\.name))),
      ("group_counts" + end, .doubles(groups.map { Double($0.members.count) })),
      ("mean" + end, .tensor(Self.stack(groups.map(\.meanMap)))),
      ("deviation" + end, .tensor(Self.stack(groups.map(\.deviation)))),
    ]
  }

  /// The bytes of the archive.
  func bytes() throws(TensorError) -> [UInt8] { try NPZArchive.bytes(of: arrays) }

  private static func stack(_ rows: [[Float]]) -> Tensor {
    Tensor(shape: [rows.count, rows[0].count], elements: rows.flatMap(\.self))
  }
}

/// The tables of a summary.
struct SummaryTables: Sendable {
  let jobs: [ExplanationWriter.Job]
  let axis: SpectralAxis
  let groups: [MapGroups.Group]
  let item: Int
  let model: Model

  /// A line for each spectrum: where it comes from, what is explained, and its map, one column per
  /// position.
  func maps() throws -> Data {
    let explanations = jobs.map { $0.sample.explanations[item] }
    func column(_ name: String, _ values: [String]) -> SpectralDataset.MetadataColumn? {
      values.allSatisfy(\.isEmpty) ? nil : .init(name: name, values: values)
    }
    let columns = [
      column("file", jobs.map(\.input.path)), column("row", jobs.map { "\($0.input.row ?? 0)" }),
      column("name", jobs.map { $0.input.spectrumName ?? "" }),
      column("label", jobs.map { $0.input.label ?? "" }),
      column("explained", explanations.map(\.targetTitle)),
      column("score", explanations.map { "\($0.explainedScore)" }),
      column("probability", explanations.map { $0.probability.map { "\($0)" } ?? "" }),
    ].compactMap(\.self)
    return Data(
      try CSVSpectrumFormat.encode(
        SpectralDataset(
          axis: axis, rows: explanations.map(\.aligned.elements), metadata: columns,
          roles: ColumnRoles())))
  }

  /// A line for each position: where it is, and the mean and deviation of every group.
  func means() -> Data {
    var table = CSVTable(quoting: .cautious)
    table.append([axis.label] + groups.flatMap { [$0.name + " mean", $0.name + " SD"] })
    for (index, position) in axis.positions.enumerated() {
      let values = groups.flatMap { ["\($0.meanMap[index])", "\($0.deviation[index])"] }
      table.append(["\(position)"] + values)
    }
    return Data(table.text.utf8)
  }
}

extension PreparedInput {
  /// What a spectrum is called, if anything.
  var spectrumName: String? {
    if case .spectrum(let spectrum) = display { return spectrum.name }
    return nil
  }
}
