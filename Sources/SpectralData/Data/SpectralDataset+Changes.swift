import Foundation
package import TensorCore

extension SpectralDataset {
  /// The same spectra with other roles of the columns beside them.
  ///
  /// - Parameter roles: Which columns hold labels, targets and groups.
  /// - Returns: A data set that differs in nothing else.
  /// - Throws: `SpectrumError` with code `unknownColumn` when a column is missing, or a target is text.
  package func with(roles: ColumnRoles) throws(SpectrumError) -> SpectralDataset {
    try SpectralDataset(
      axis: axis, rows: rows, names: names, metadata: metadata, roles: roles,
      provenance: provenance
    ).noting(notes)
  }

  /// The same spectra with other columns beside them, whose roles are recognized anew.
  ///
  /// - Parameter metadata: Columns with one text per spectrum each.
  /// - Returns: A data set with the same axis, spectra, names and provenance.
  /// - Throws: `SpectrumError` with code `lengthMismatch` when a column has too few or many texts.
  package func with(metadata: [MetadataColumn]) throws(SpectrumError) -> SpectralDataset {
    try SpectralDataset(
      axis: axis, rows: rows, names: names, metadata: metadata, provenance: provenance
    ).noting(notes)
  }

  /// The same spectra with other names.
  ///
  /// - Parameter names: One per spectrum.
  /// - Returns: A data set that differs in nothing else.
  /// - Throws: `SpectrumError` with code `lengthMismatch` when there are too few or many.
  package func with(names: [String]) throws(SpectrumError) -> SpectralDataset {
    try SpectralDataset(
      axis: axis, rows: rows, names: names, metadata: metadata, roles: roles,
      provenance: provenance
    ).noting(notes)
  }

  /// Some of the spectra.
  ///
  /// - Parameter indices: Their rows in the wanted order; a row may occur several times.
  /// - Returns: As many spectra with what is known about them.
  /// - Throws: `SpectrumError` with code `lengthMismatch` when there is no such row.
  package func selecting(_ indices: [Int]) throws(SpectrumError) -> SpectralDataset {
    if let wrong = indices.first(where: { !rows.indices.contains($0) }) {
      throw SpectrumError(
        .lengthMismatch, "there is no spectrum \(wrong); rows are 0…\(rows.count - 1)")
    }
    return try SpectralDataset(
      axis: axis, rows: rows.selecting(rows: indices),
      names: names.map { all in indices.map { all[$0] } },
      metadata: metadata.map { column in
        MetadataColumn(name: column.name, values: indices.map { column.values[$0] })
      },
      roles: roles.isUsable(in: metadata, indices) ? roles : nil,
      provenance: provenance.map { all in indices.map { all[$0] } }
    ).noting(notes)
  }

  /// The same spectra with the positions in another unit.
  ///
  /// Intensities stay as they are: they are read at the same points.
  ///
  /// - Parameters:
  ///   - unit: What to measure positions in.
  ///   - laserWavelength: Wavelength of the exciting laser in nanometers, for Raman shifts.
  /// - Returns: As many spectra of as many points.
  /// - Throws: `SpectrumError` with code `invalidAxis` when the axis cannot be converted.
  package func converted(
    to unit: AxisUnit, laserWavelength: Double? = nil
  ) throws(SpectrumError) -> SpectralDataset {
    try with(axis: axis.converted(to: unit, laserWavelength: laserWavelength), rows: rows)
  }

  /// The spectra at the positions of another axis, interpolated linearly.
  ///
  /// - Parameter target: Positions in the same unit, inside the measured range.
  /// - Returns: As many spectra on `target`.
  /// - Throws: `SpectrumError` with code `invalidAxis` when units differ or positions lie outside.
  package func interpolated(to target: SpectralAxis) throws(SpectrumError) -> SpectralDataset {
    if target == axis { return self }
    let interpolation = try AxisInterpolation(from: axis, to: target)
    return try with(
      axis: target,
      rows: rows.mapRows { row throws(SpectrumError) in try interpolation.apply(to: row) })
  }

  /// The points of the spectra that lie in a range.
  ///
  /// - Parameter range: In the unit of the axis; both ends belong to it.
  /// - Returns: As many spectra of fewer points.
  /// - Throws: `SpectrumError` with code `invalidAxis` when no point lies in the range.
  package func cropped(to range: ClosedRange<Double>) throws(SpectrumError) -> SpectralDataset {
    let points = axis.indices(in: range)
    guard !points.isEmpty else {
      throw SpectrumError(
        .invalidAxis,
        "no point lies in \(range.lowerBound)…\(range.upperBound); the axis runs over "
          + "\(axis.range.lowerBound)…\(axis.range.upperBound)")
    }
    return try with(
      axis: SpectralAxis(positions: Array(axis.positions[points]), unit: axis.unit),
      rows: rows.mapRows { Array($0[points]) })
  }

  /// The same spectra on another axis with other intensities.
  ///
  /// - Parameters:
  ///   - axis: The positions.
  ///   - rows: As many rows as before, one finite value per position.
  /// - Returns: A data set with the same names, columns and provenance.
  /// - Throws: `SpectrumError` when counts do not fit or a value is not finite.
  package func with(
    axis: SpectralAxis, rows: Matrix<Float>
  ) throws(SpectrumError) -> SpectralDataset {
    try SpectralDataset(
      axis: axis, rows: rows, names: names, metadata: metadata, roles: roles,
      provenance: provenance
    ).noting(notes)
  }

  /// Notes the file that the spectra come from.
  func located(in file: String) -> SpectralDataset {
    let notes = rows.indices.map { row in
      var note = provenance?[row] ?? SpectrumProvenance()
      note.file = file
      note.record = note.record ?? row + 1
      return note
    }
    let located = try? SpectralDataset(
      axis: axis, rows: rows, names: names, metadata: metadata, roles: roles, provenance: notes)
    return (located ?? self).noting(self.notes)
  }

  /// The same spectra with these notes.
  func noting(_ notes: [String]) -> SpectralDataset {
    var dataset = self
    dataset.notes = notes
    return dataset
  }

  /// Puts spectra of several data sets on one axis together, in order.
  ///
  /// Columns that not all of them have get empty cells; columns of one name become one.
  ///
  /// - Parameter parts: At least one, all on the same axis.
  /// - Throws: `SpectrumError` with code `invalidAxis` when axes differ.
  package init(joining parts: [SpectralDataset]) throws(SpectrumError) {
    guard let first = parts.first else {
      throw SpectrumError(.malformedFile, "there is no spectrum")
    }
    if let index = parts.firstIndex(where: { $0.axis != first.axis }) {
      throw SpectrumError(
        .invalidAxis,
        "the axis of part \(index + 1) (\(parts[index].axis.summary)) differs from that of the first "
          + "(\(first.axis.summary)); bring all spectra to one axis")
    }
    var columns: [String] = []
    for column in parts.flatMap(\.metadata) where !columns.contains(column.name) {
      columns.append(column.name)
    }
    let metadata = columns.map { name in
      MetadataColumn(
        name: name,
        values: parts.flatMap {
          $0[column: name]?.values ?? Array(repeating: "", count: $0.rows.count)
        })
    }
    let hasNames = parts.contains { $0.names != nil }
    let hasNotes = parts.contains { $0.provenance != nil }
    try self.init(
      axis: first.axis,
      rows: Matrix(
        rowCount: parts.reduce(0) { $0 + $1.rows.count }, columnCount: first.axis.count,
        elements: parts.flatMap(\.rows.elements)),
      names: hasNames
        ? parts.flatMap { $0.names ?? Array(repeating: "", count: $0.rows.count) } : nil,
      metadata: metadata,
      provenance: hasNotes
        ? parts.flatMap {
          $0.provenance ?? Array(repeating: SpectrumProvenance(), count: $0.rows.count)
        } : nil)
    keepShared(parts)
  }

  /// Takes over what all parts agree on: the column that their format calls the class, and notes.
  private mutating func keepShared(_ parts: [SpectralDataset]) {
    if let label = parts[0].roles.label, parts.allSatisfy({ $0.roles.label == label }) {
      roles.label = label
      roles.targets.removeAll { $0 == label }
    }
    for note in parts.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
  }
}

extension SpectralAxis {
  /// The number of points, the range and the unit, for messages.
  package var summary: String {
    "\(count) points from \(String(format: "%.6g to %.6g", positions[0], positions[count - 1])) "
      + (unit == .index ? "(no unit)" : unit.symbol)
  }
}

extension ColumnRoles {
  /// Whether the targets keep at least one number in some of the rows.
  fileprivate func isUsable(
    in metadata: [SpectralDataset.MetadataColumn], _ rows: [Int]
  ) -> Bool {
    targets.allSatisfy { name in
      metadata.first { $0.name == name }.map { column in
        rows.contains { !column.values[$0].isEmpty }
      } ?? false
    }
  }
}
