/// A table with a row for each band of a spectrum.
///
/// Columns are found by name: `class`, and one position (`wavenumber`, `wavelength`, `position`) or
/// two ends (`from` and `to`); and `assignment` if it is there.
enum BandTableFormat {
  static let entry = TruthFormat(
    id: "bands",
    summary: "a table of bands (CSV with columns class and wavenumber, or class, from and to)",
    recognizes: { TruthTable($0).flatMap(Columns.init) != nil },
    read: { source throws(TruthError) in
      guard let table = TruthTable(source), let columns = Columns(table) else {
        throw TruthError(.unknownFormat, "is no table of bands")
      }
      var draft = TruthDraft()
      var bands: [TruthBand] = []
      try table.forEachRow { row throws(TruthError) in
        bands.append(try columns.band(row, &draft))
      }
      guard !bands.isEmpty else { throw TruthError(.malformedFile, "the table holds no bands") }
      return GroundTruth(form: "table of bands", categories: draft.categories, bands: bands)
    })

  /// Which column holds what.
  private struct Columns {
    let category: Int
    let lower: Int
    let upper: Int
    let assignment: Int?

    init?(_ table: TruthTable) {
      let single = table.column([
        "wavenumber", "wavelength", "position", "shift", "peak", "center",
      ])
      let from = table.column(["from", "low", "lower", "start"])
      let to = table.column(["to", "high", "upper", "end"])
      guard let category = table.column(["class", "category", "group", "substance"]),
        let lower = from ?? single, let upper = from == nil ? single : to
      else { return nil }
      (self.category, self.lower, self.upper) = (category, lower, upper)
      assignment = table.column(["assignment"])
    }

    func band(_ row: [String], _ draft: inout TruthDraft) throws(TruthError) -> TruthBand {
      guard let name = TruthTable.cell(row, category) else {
        throw TruthError(.malformedFile, "the class is missing")
      }
      guard let first = try TruthTable.number(row, lower),
        let last = try TruthTable.number(row, upper)
      else {
        throw TruthError(.malformedFile, "the position of the band is missing")
      }
      return TruthBand(
        category: try draft.category(name), lower: min(first, last), upper: max(first, last),
        assignment: TruthTable.cell(row, assignment) ?? "")
    }
  }
}
