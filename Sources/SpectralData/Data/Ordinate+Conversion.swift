import Foundation
import TensorCore

extension Ordinate {
  /// What people call it.
  package var title: String {
    switch self {
    case .percentTransmittance: "transmittance in %"
    case .percentReflectance: "reflectance in %"
    default: rawValue
    }
  }

  /// Whether bands point down, so that taking the values for absorbance would be wrong.
  package var pointsDown: Bool {
    [.transmittance, .percentTransmittance, .reflectance, .percentReflectance].contains(self)
  }

  /// Whether values in one are values in the other or can be computed from them, and nothing else can
  /// be meant.
  ///
  /// Near-infrared instruments call log(1/R) absorbance too.
  package func isConvertible(to other: Ordinate) -> Bool {
    if self == other || isEqualInValue(to: other) { return true }
    return family == other.family && family != .other
  }

  private enum Family { case transmission, reflection, other }

  private var family: Family {
    switch self {
    case .absorbance, .transmittance, .percentTransmittance: .transmission
    case .reflectance, .percentReflectance, .logReflectance: .reflection
    case .kubelkaMunk, .counts, .singleBeam, .intensity: .other
    }
  }

  private func isEqualInValue(to other: Ordinate) -> Bool {
    let pair: Set = [self, other]
    return pair == [.absorbance, .logReflectance] || pair == [.counts, .intensity]
  }

  /// The share of light for a value; nil where there is none.
  private func share(_ value: Double) -> Double? {
    switch self {
    case .absorbance, .logReflectance: pow(10, -value)
    case .transmittance, .reflectance: value
    case .percentTransmittance, .percentReflectance: value / 100
    case .kubelkaMunk, .counts, .singleBeam, .intensity: nil
    }
  }

  /// A value in another unit; nil where there is none, as the absorbance of no light.
  func converted(_ value: Double, to other: Ordinate) -> Double? {
    if self == other || isEqualInValue(to: other) { return value }
    guard let share = share(value) else { return nil }
    switch other {
    case .absorbance, .logReflectance: return share > 0 ? -log10(share) : nil
    case .transmittance, .reflectance: return share
    case .percentTransmittance, .percentReflectance: return 100 * share
    case .kubelkaMunk, .counts, .singleBeam, .intensity: return nil
    }
  }
}

extension SpectralDataset {
  /// What the values of each spectrum are, as far as its file says; shares above 2 are per cent,
  /// whatever is written.
  package var ordinates: [Ordinate?] {
    guard let provenance else { return rows.indices.map { _ in nil } }
    var known: [String: Ordinate?] = [:]
    return provenance.enumerated().map { row, note in
      guard let text = note.fields[SpectrumProvenance.ordinateField] else { return nil }
      // Arbitrary units are what programs write that know nothing.
      let isKnown = !text.lowercased().contains("arbitrary")
      let named = known[text] ?? (isKnown ? Ordinate(named: text) : nil)
      known[text] = named
      switch named {
      case .transmittance where (rows[row].max() ?? 0) > 2: return .percentTransmittance
      case .reflectance where (rows[row].max() ?? 0) > 2: return .percentReflectance
      default: return named
      }
    }
  }

  /// The same spectra with their values in another unit; those of which nothing is known stay.
  ///
  /// - Parameter unit: What values shall be.
  /// - Returns: As many spectra, and a note in each of what its values are.
  /// - Throws: `SpectrumError` with code `invalidCell` when a value has no counterpart, or
  ///   `invalidSettings` when the units do not go together.
  package func converted(to unit: Ordinate) throws(SpectrumError) -> SpectralDataset {
    var elements = rows.elements
    for (row, own) in ordinates.enumerated() {
      guard let own, own != unit else { continue }
      guard own.isConvertible(to: unit) else {
        throw SpectrumError(
          .invalidSettings, "\(own.title) cannot be made \(unit.title) without knowing more")
      }
      for point in 0..<axis.count {
        let index = row * axis.count + point
        guard let value = own.converted(Double(elements[index]), to: unit), value.isFinite else {
          throw SpectrumError(
            .invalidCell,
            "\(names?[row] ?? "spectrum \(row + 1)") has the \(own.title) \(elements[index]) at "
              + "\(ShortNumber.text(axis.positions[point])), which has no \(unit.title); study a range "
              + "without it, or mend the file")
        }
        elements[index] = Float(value)
      }
    }
    return try with(
      axis: axis,
      rows: Matrix(rowCount: rows.rowCount, columnCount: axis.count, elements: elements)
    ).saying(unit)
  }

  /// The same spectra with a note in each of what its values are.
  ///
  /// - Parameter unit: What they are.
  /// - Returns: A data set that differs in nothing else.
  /// - Throws: What creating a data set throws.
  package func saying(_ unit: Ordinate) throws(SpectrumError) -> SpectralDataset {
    let notes = rows.indices.map { row in
      var note = provenance?[row] ?? SpectrumProvenance()
      note.fields[SpectrumProvenance.ordinateField] = unit.rawValue
      return note
    }
    return try SpectralDataset(
      axis: axis, rows: rows, names: names, metadata: metadata, roles: roles, provenance: notes
    ).noting(self.notes)
  }
}
