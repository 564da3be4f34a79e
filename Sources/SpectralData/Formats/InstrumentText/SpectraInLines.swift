/// Spectra in lines below one line of positions, in front of which a few cells are empty or missing:
/// there stand the places or times of the spectra.
struct SpectraInLines {
  private let positions: [Double]
  private let rows: [[Double]]

  /// How many cells stand in front of each spectrum.
  private let leadCount: Int

  private static let greatestLead = 4

  /// Nil when no line of positions stands above the others.
  init?(_ table: TextTable, _ block: TextTable.Block, _ rows: [[Double]]) {
    let count = block.cellCount
    func lead(_ numbers: [Double]) -> Int? {
      let empty = numbers.prefix(while: \.isNaN).count
      return (1...Self.greatestLead).contains(empty) && count - empty > 2
        && Self.isOrdered(numbers.dropFirst(empty)) ? empty : nil
    }
    if rows.count > 1, let empty = lead(rows[0]) {
      (positions, leadCount) = (Array(rows[0].dropFirst(empty)), empty)
      self.rows = Array(rows.dropFirst())
    } else if let first = block.rows.first,
      let above = table.rows[..<first].last(where: { !$0.isBlank && !$0.isComment }),
      above.isNumeric, above.numbers.count < count, above.numbers.count > 2,
      Self.isOrdered(above.numbers[...]), count - above.numbers.count <= Self.greatestLead
    {
      (positions, leadCount) = (above.numbers, count - above.numbers.count)
      self.rows = rows
    } else {
      return nil
    }
    guard self.rows.allSatisfy({ !$0.contains(where: \.isNaN) }) else { return nil }
  }

  private static func isOrdered(_ numbers: ArraySlice<Double>) -> Bool {
    (try? SpectralAxis(positions: Array(numbers), unit: .index)) != nil
  }

  /// The spectra, with columns of what stands in front.
  func dataset(
    _ header: InstrumentHeader, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralDataset {
    let axis = try SpectralAxis(
      positions: positions,
      unit: settings.unit(named: header.unit(fileName: settings.fileName)))
    let names = leadCount == 1 ? ["time s"] : leadCount == 2 ? ["map x", "map y"] : []
    let columns = names.enumerated().map { index, name in
      SpectralDataset.MetadataColumn(
        name: name, values: rows.map { ShortNumber.text($0[index]) })
    }
    return try SpectralDataset(
      axis: axis, rows: rows.map { $0.dropFirst(leadCount).map { Float($0) } }, metadata: columns,
      roles: ColumnRoles(),
      provenance: rows.indices.map {
        SpectrumProvenance(record: $0 + 1, fields: header.fields)
      })
  }
}

/// Spectra of which each line holds one point: the time or place, the position, the intensity.
struct LongSeries {
  private let positions: [Double]
  private let rows: [[Double]]

  /// Nil when the positions do not repeat for each time or place; of a part of a file the last spectrum
  /// may be cut off.
  init?(_ rows: [[Double]], isWhole: Bool) {
    guard let count = rows.first?.count, count == 3 || count == 4, rows.count > 5 else {
      return nil
    }
    let leads = 0..<count - 2
    let period =
      rows.firstIndex { row in leads.contains { row[$0] != rows[0][$0] } } ?? rows.count
    guard period > 2, period < rows.count, !isWhole || rows.count.isMultiple(of: period)
    else { return nil }
    let fits = rows.indices.allSatisfy { index in
      let first = rows[index - index % period]
      return rows[index][count - 2] == rows[index % period][count - 2]
        && leads.allSatisfy { rows[index][$0] == first[$0] } && !rows[index][count - 1].isNaN
    }
    let positions = rows[..<period].map { $0[count - 2] }
    guard fits, (try? SpectralAxis(positions: positions, unit: .index)) != nil else { return nil }
    self.positions = positions
    self.rows = rows
  }

  /// The spectra, with columns of the times or places.
  func dataset(
    _ header: InstrumentHeader, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralDataset {
    let (period, count) = (positions.count, rows[0].count)
    let unit =
      InstrumentColumns.unit(header.title(count - 2)) ?? header.unit(fileName: settings.fileName)
    let axis = try SpectralAxis(positions: positions, unit: settings.unit(named: unit))
    let starts = stride(from: 0, to: rows.count, by: period).map(\.self)
    let leads = header.names.isEmpty ? [] : header.names.dropLast(2)
    let names =
      count - 2 == leads.count ? Array(leads) : count == 3 ? ["time s"] : ["map x", "map y"]
    let columns = names.enumerated().map { index, name in
      SpectralDataset.MetadataColumn(
        name: name, values: starts.map { ShortNumber.text(rows[$0][index]) })
    }
    return try SpectralDataset(
      axis: axis,
      rows: starts.map { start in rows[start..<start + period].map { Float($0[count - 1]) } },
      metadata: columns, roles: ColumnRoles(measuring: columns),
      provenance: starts.indices.map {
        SpectrumProvenance(record: $0 + 1, fields: header.fields)
      }
    ).noting(["\(rows.count) points are \(starts.count) spectra of \(period) points"])
  }
}

/// Intensities without positions, one on a line, below their number, the first and last position and
/// three codes (PerkinElmer `.asp`).
enum IntensityList {
  /// Whether the lines are of this kind.
  static func fits(_ numbers: [Double]) -> Bool {
    numbers.count > 6 && numbers[0] == Double(numbers.count - 6) && numbers[1] != numbers[2]
  }

  static func decode(
    _ table: TextTable, _ block: TextTable.Block, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralDataset {
    let numbers = block.rows.map { table.rows[$0].numbers[0] }
    guard fits(numbers) else {
      throw SpectrumError(
        .unsupportedFile,
        "lines of one number are no spectrum: positions are missing; add them as a first column")
    }
    let axis = try SpectralAxis(
      from: numbers[1], through: numbers[2], count: numbers.count - 6,
      unit: settings.unit(named: .reciprocalCentimeter))
    return try SpectralDataset(
      axis: axis, rows: [numbers.dropFirst(6).map { Float($0) }],
      provenance: [SpectrumProvenance(record: 1)])
  }
}
