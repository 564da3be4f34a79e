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

  /// Whether positions merely count points.
  var isCounted = false

  /// The spectra that stay.
  private var kept: [Int]

  /// What was mended.
  private(set) var notes: [String] = []

  /// At most this share of the points may be cut or repeated.
  private static let greatestShare = 0.1

  init(positions: [Double], rows: [[Float]]) {
    self.positions = positions
    self.rows = rows
    kept = []
  }

  /// The spectra, mended and noted.
  ///
  /// - Parameters:
  ///   - unit: What positions are measured in.
  ///   - names: What the spectra are called, if anything.
  ///   - metadata: The columns beside them.
  ///   - provenance: Where they come from, one note each.
  /// - Returns: As many spectra, every value finite.
  /// - Throws: `SpectrumError` when there is more than one way to mend them.
  func dataset(
    unit: AxisUnit, names: [String]? = nil, metadata: [SpectralDataset.MetadataColumn],
    provenance: [SpectrumProvenance]? = nil
  ) throws(SpectrumError) -> SpectralDataset {
    var raw = self
    try raw.mend()
    let kept = raw.kept
    let isWhole = kept.count == rows.count && provenance == nil
    let axis =
      isCounted
      ? SpectralAxis(indexCount: raw.positions.count)
      : try SpectralAxis(positions: raw.positions, unit: unit)
    return try SpectralDataset(
      axis: axis, rows: kept.map { raw.rows[$0] },
      names: names.map { names in kept.map { names[$0] } },
      metadata: metadata.map { column in
        .init(name: column.name, values: kept.map { column.values[$0] })
      },
      provenance: isWhole
        ? nil
        : kept.map { row in
          var note = provenance?[row] ?? SpectrumProvenance()
          note.record = row + 1
          return note
        }
    ).noting(raw.notes)
  }

  /// Mends positions, then values.
  ///
  /// - Throws: `SpectrumError` when there is more than one way.
  mutating func mend() throws(SpectrumError) {
    kept = Array(rows.indices)
    joinPieces()
    mergeRepeatedPositions()
    guard hasGaps else { return }
    cutEmptyPositions()
    try leaveOutBroken()
    cutEdges()
    fillGaps()
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

  /// Positions at which no spectrum has a value are no part of the axis, but for single ones between
  /// others, which are filled in as any single gap is, and a longer gap in an only spectrum, which may
  /// be a damaged one.
  private mutating func cutEmptyPositions() {
    let isEmpty = positions.indices.map { point in !rows.contains { !$0[point].isNaN } }
    guard let first = isEmpty.firstIndex(of: false), let last = isEmpty.lastIndex(of: false) else {
      return
    }
    let cut = positions.indices.filter { point in
      guard isEmpty[point], first < point, point < last else { return isEmpty[point] }
      return rows.count > 1 && (isEmpty[point - 1] || isEmpty[point + 1])
    }
    guard !cut.isEmpty else { return }
    notes.append(
      "\(cut.count) positions without any value are cut (\(ShortNumber.text(positions[cut[0]])) … "
        + "\(ShortNumber.text(positions[cut[cut.count - 1]])))")
    let left = Set(cut)
    take(positions.indices.filter { !left.contains($0) })
  }

  /// What is missing in a spectrum that cannot be mended: more than a single value between others, or
  /// too many; nil when it can be.
  private func brokenStretch(_ row: [Float]) -> Range<Int>? {
    guard let first = row.firstIndex(where: { !$0.isNaN }),
      let last = row.lastIndex(where: { !$0.isNaN })
    else { return 0..<row.count }
    var (count, start) = (0, first)
    for point in first...last where row[point].isNaN {
      if row[point + 1].isNaN {
        return point..<(row[point...].firstIndex { !$0.isNaN } ?? row.count)
      }
      if count == 0 { start = point }
      count += 1
    }
    if count > 1, !isFew(count) { return start..<start + count }
    let end = row.count - 1 - last
    guard first + end > 0, !isFew(first + end) else { return nil }
    return first >= end ? 0..<first : last + 1..<row.count
  }

  /// Leaves out a few spectra that cannot be mended; where they are many, something else is wrong.
  private mutating func leaveOutBroken() throws(SpectrumError) {
    let broken = rows.indices.filter { brokenStretch(rows[$0]) != nil }
    guard let first = broken.first else { return }
    guard broken.count * 10 <= rows.count, let stretch = brokenStretch(rows[first]) else {
      throw missing(first, brokenStretch(rows[first]) ?? 0..<positions.count)
    }
    kept = rows.indices.filter { brokenStretch(rows[$0]) == nil }
    notes.append(
      "\(place(first)) is left out, \(stretch.count) values are missing"
        + (broken.count > 1 ? ", and \(broken.count - 1) more spectra like it" : ""))
  }

  /// Ends of the axis that some spectra lack are cut from all.
  private mutating func cutEdges() {
    var (low, high) = (0, positions.count - 1)
    for row in kept {
      low = max(low, rows[row].firstIndex { !$0.isNaN } ?? 0)
      high = min(high, rows[row].lastIndex { !$0.isNaN } ?? high)
    }
    let cut = low + positions.count - 1 - high
    guard cut > 0, low < high else { return }
    notes.append(
      "\(cut) positions at the ends of the axis, which some spectra lack, are cut from all: "
        + "\(ShortNumber.text(positions[low])) … \(ShortNumber.text(positions[high])) are left")
    take(Array(low...high))
  }

  /// A single missing value lies on the line between its neighbors.
  private mutating func fillGaps() {
    var (filled, touched) = (0, 0)
    for index in kept {
      let gaps = rows[index].indices.filter { rows[index][$0].isNaN }
      for point in gaps where point > 0 && point + 1 < positions.count {
        let share =
          (positions[point] - positions[point - 1])
          / (positions[point + 1] - positions[point - 1])
        let (before, after) = (rows[index][point - 1], rows[index][point + 1])
        rows[index][point] = before + Float(share) * (after - before)
      }
      if !gaps.isEmpty { (filled, touched) = (filled + gaps.count, touched + 1) }
    }
    guard filled > 0 else { return }
    notes.append(
      "\(filled) single missing \(filled == 1 ? "value" : "values") in \(touched) "
        + "\(touched == 1 ? "spectrum" : "spectra") are filled in between their neighbors")
  }

  private func place(_ row: Int) -> String {
    lines.map { "line \($0[row])" } ?? "spectrum \(row + 1)"
  }

  private func missing(_ row: Int, _ stretch: Range<Int>) -> SpectrumError {
    SpectrumError(
      .invalidCell,
      "\(place(row)): \(stretch.count) values are missing at "
        + "\(ShortNumber.text(positions[stretch.lowerBound])) … "
        + "\(ShortNumber.text(positions[stretch.upperBound - 1])); only single gaps and short ends are "
        + "mended, so fill them in or remove the spectrum", line: lines?[row])
  }
}
