/// Spectra as a table gives them: values may be missing, and positions may be repeated.
///
/// What has one sensible reading is mended and noted; everything else is refused.
struct RawSpectra {
  /// The positions, in the order of the table.
  var positions: [Double]

  /// One row per spectrum; NaN where the table has no value.
  var rows: [[Float]]

  /// Whether a value is missing.
  var hasGaps = false

  /// Whether the positions stand below each other, where instruments put one piece below another.
  var isInColumns = false

  /// Where each spectrum stands: lines of rows, from 1, or nil for spectra in columns.
  var lines: [Int]?

  /// What was mended.
  private(set) var notes: [String] = []

  /// At most this share of the points may be cut or repeated.
  private static let greatestShare = 0.1

  init(positions: [Double], rows: [[Float]]) {
    self.positions = positions
    self.rows = rows
  }

  /// The spectra, mended and noted.
  ///
  /// - Parameters:
  ///   - unit: What positions are measured in.
  ///   - names: What the spectra are called, if anything.
  ///   - metadata: The columns beside them.
  /// - Returns: As many spectra, every value finite.
  /// - Throws: `SpectrumError` when there is more than one way to mend them.
  func dataset(
    unit: AxisUnit, names: [String]? = nil, metadata: [SpectralDataset.MetadataColumn]
  ) throws(SpectrumError) -> SpectralDataset {
    var raw = self
    try raw.mend()
    return try SpectralDataset(
      axis: SpectralAxis(positions: raw.positions, unit: unit), rows: raw.rows, names: names,
      metadata: metadata
    ).noting(raw.notes)
  }

  /// Mends positions, then values.
  ///
  /// - Throws: `SpectrumError` when there is more than one way.
  mutating func mend() throws(SpectrumError) {
    joinPieces()
    mergeRepeatedPositions()
    guard hasGaps else { return }
    cutEmptyPositions()
    try cutEdges()
    try fillGaps()
  }

  // MARK: Positions

  /// Spectra of several detectors below each other: where a piece reaches back into the one before
  /// it, the earlier values stay.
  private mutating func joinPieces() {
    guard isInColumns, positions.count > 3, positions.allSatisfy(\.isFinite) else { return }
    let sign = positions[1] > positions[0] ? 1.0 : -1.0
    var kept: [Int] = []
    var starts = 0
    var (last, previous) = (-Double.infinity, -Double.infinity)
    for index in positions.indices {
      let position = sign * positions[index]
      if position < previous { starts += 1 }
      previous = position
      if position > last || (position == last && starts == 0) {
        kept.append(index)
        last = position
      }
    }
    let left = positions.count - kept.count
    guard starts > 0, starts < 8, isFew(left) else { return }
    take(kept)
    notes.append(
      "\(starts + 1) pieces below each other are joined; \(left) points of a later piece that "
        + "repeat positions of an earlier one are left out")
  }

  /// Points at one position become one with their mean.
  private mutating func mergeRepeatedPositions() {
    var starts: [Int] = []
    for index in positions.indices
    where index == 0 || positions[index] != positions[index - 1] { starts.append(index) }
    let repeated = positions.count - starts.count
    guard repeated > 0, isFew(repeated) else { return }
    let ends = starts.dropFirst() + [positions.count]
    let named = zip(starts, ends).filter { $1 - $0 > 1 }.prefix(3).map {
      ShortNumber.text(positions[$0.0])
    }
    rows = rows.map { row in
      zip(starts, ends).map { start, end in
        row[start..<end].reduce(0, +) / Float(end - start)
      }
    }
    positions = starts.map { positions[$0] }
    notes.append(
      "\(repeated) repeated \(repeated == 1 ? "position" : "positions") "
        + "(\(named.joined(separator: ", "))\(repeated > 3 ? "…" : "")) are merged to the mean")
  }

  private func isFew(_ count: Int) -> Bool {
    positions.count - count >= 3
      && count <= max(1, Int(Self.greatestShare * Double(positions.count)))
  }

  private mutating func take(_ points: [Int]) {
    positions = points.map { positions[$0] }
    rows = rows.map { row in points.map { row[$0] } }
  }

  // MARK: Values

  /// Positions at which no spectrum has a value are no part of the axis.
  private mutating func cutEmptyPositions() {
    let kept = positions.indices.filter { point in rows.contains { !$0[point].isNaN } }
    guard kept.count < positions.count, !kept.isEmpty else { return }
    let cut = positions.indices.filter { point in !rows.contains { !$0[point].isNaN } }
    notes.append(
      "\(cut.count) positions without any value are cut (\(ShortNumber.text(positions[cut[0]])) … "
        + "\(ShortNumber.text(positions[cut[cut.count - 1]])))")
    take(kept)
  }

  /// Ends of the axis that some spectra lack are cut from all.
  private mutating func cutEdges() throws(SpectrumError) {
    var (low, high) = (0, positions.count - 1)
    var (lowRow, highRow) = (0, 0)
    for (index, row) in rows.enumerated() {
      guard let first = row.firstIndex(where: { !$0.isNaN }),
        let last = row.lastIndex(where: { !$0.isNaN })
      else { throw missing(index, 0, positions.count) }
      if first > low { (low, lowRow) = (first, index) }
      if last < high { (high, highRow) = (last, index) }
    }
    let cut = low + positions.count - 1 - high
    guard cut > 0 else { return }
    guard isFew(cut) else {
      throw low >= positions.count - 1 - high
        ? missing(lowRow, 0, low) : missing(highRow, high + 1, positions.count)
    }
    notes.append(
      "\(cut) positions at the ends of the axis, which some spectra lack, are cut from all: "
        + "\(ShortNumber.text(positions[low])) … \(ShortNumber.text(positions[high])) are left")
    take(Array(low...high))
  }

  /// A single missing value lies on the line between its neighbors.
  private mutating func fillGaps() throws(SpectrumError) {
    var (filled, touched) = (0, 0)
    for index in rows.indices {
      var row = rows[index]
      var count = 0
      for point in row.indices where row[point].isNaN {
        let isSingle = point > 0 && point + 1 < row.count && !row[point + 1].isNaN
        guard isSingle else {
          let end = row[point...].firstIndex { !$0.isNaN } ?? row.count
          throw missing(index, point, end)
        }
        let share =
          (positions[point] - positions[point - 1])
          / (positions[point + 1] - positions[point - 1])
        row[point] = row[point - 1] + Float(share) * (row[point + 1] - row[point - 1])
        count += 1
      }
      guard count <= max(1, Int(Self.greatestShare * Double(row.count))) else {
        let first = rows[index].firstIndex { $0.isNaN } ?? 0
        throw missing(index, first, first + count)
      }
      if count > 0 { (filled, touched) = (filled + count, touched + 1) }
      rows[index] = row
    }
    guard filled > 0 else { return }
    notes.append(
      "\(filled) single missing \(filled == 1 ? "value" : "values") in \(touched) "
        + "\(touched == 1 ? "spectrum" : "spectra") are filled in between their neighbors")
  }

  private func missing(_ row: Int, _ start: Int, _ end: Int) -> SpectrumError {
    let place = lines.map { "line \($0[row])" } ?? "spectrum \(row + 1)"
    let last = min(end, positions.count) - 1
    return SpectrumError(
      .invalidCell,
      "\(place): \(end - start) values are missing at \(ShortNumber.text(positions[start])) … "
        + "\(ShortNumber.text(positions[max(start, last)])); only single gaps and short ends are "
        + "mended, so fill them in or remove the spectrum", line: lines?[row])
  }
}
