/// Which columns of an instrument's table hold positions and intensities.
struct InstrumentColumns {
  /// The column of positions.
  let axis: Int

  /// The columns of intensities, one for each spectrum.
  let intensities: [Int]

  /// What was chosen among several, if anything.
  let note: String?

  /// Names of positions, the best first: what bands are named by comes before what was measured.
  private static let axisNames: [(text: String, unit: AxisUnit?)] = [
    ("raman shift", .ramanShift), ("raman_shift", .ramanShift), ("ramanshift", .ramanShift),
    ("wavenumber", .reciprocalCentimeter), ("wavelength", .nanometer), ("wave", .nanometer),
    ("shift", nil), ("nm", .nanometer), ("cm-1", .reciprocalCentimeter), ("x-axis", nil),
  ]

  /// Names of what comes of a measurement, the best first.
  private static let results = [
    "processed", "dark subtracted", "reflectance", "reflection", "transmittance", "transmission",
    "%tr", "absorbance", "irradiance",
  ]

  /// Names of what a result is made of.
  private static let parts = [
    "dark", "ref", "raw", "background", "sample", "scope", "pixel", "white", "counts",
  ]

  /// Chooses columns by their names, else the first for positions.
  ///
  /// - Parameters:
  ///   - header: The names.
  ///   - rows: The numbers.
  /// - Throws: `SpectrumError` listing the columns when none is known to hold the result.
  init(_ header: InstrumentHeader, _ rows: [[Double]]) throws(SpectrumError) {
    let names = header.names.map { $0.lowercased() }
    let count = rows[0].count
    if Set(names) == ["w", "d", "r", "s", "p"] {
      // Jaz: wavelength, dark, reference, sample, processed.
      axis = names.firstIndex(of: "w") ?? 0
      intensities = [names.firstIndex(of: "p") ?? count - 1]
      note = "column P (processed) of W, D, R, S, P is read"
      return
    }
    let ranks = names.map { name in Self.axisNames.firstIndex { name.contains($0.text) } }
    let best = ranks.compactMap(\.self).min()
    axis = best.flatMap { rank in ranks.firstIndex { $0 == rank } } ?? 0
    let chosenAxis = axis
    let others = (0..<count).filter { column in
      column != chosenAxis && (names.isEmpty || ranks[column] == nil)
        && !Self.isPixel(names, column)
    }
    let areParts = others.contains { column in
      names.indices.contains(column) && Self.parts.contains { names[column].hasPrefix($0) }
    }
    guard others.count > 1, areParts else {
      (intensities, note) = (others, nil)
      return
    }
    let ranked = Self.results.lazy.flatMap { name in others.filter { names[$0].hasPrefix(name) } }
    // What was not measured is filled with one number.
    let changing = ranked.first { column in rows.contains { $0[column] != rows[0][column] } }
    guard let chosen = changing else {
      throw SpectrumError(
        .unsupportedFile,
        "several columns may be the spectrum: "
          + others.map { "\"\(header.names[$0])\"" }.joined(separator: ", ")
          + "; keep the positions and the one that is meant")
    }
    intensities = [chosen]
    note =
      "column \"\(header.names[chosen])\" is read, not "
      + others.filter { $0 != chosen }.map { "\"\(header.names[$0])\"" }.joined(separator: ", ")
  }

  private static func isPixel(_ names: [String], _ column: Int) -> Bool {
    names.indices.contains(column) && ["pixel", "pixels", "index"].contains(names[column])
  }

  /// The unit of positions that a name says, also where it names only the quantity.
  static func unit(_ title: String) -> AxisUnit? {
    if let unit = AxisUnit(named: title) { return unit }
    let title = title.lowercased()
    return axisNames.first { title.contains($0.text) && $0.unit != nil }?.unit
  }
}
