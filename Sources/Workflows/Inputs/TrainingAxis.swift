import Foundation
import SpectralData
import TensorCore

/// Brings spectra to the axis that a network was trained on, before anything else is done to them.
struct TrainingAxis: Sendable {
  /// The positions of the training spectra, nil when they are not known.
  ///
  /// Its unit is `index` when only the numbers are known.
  private let known: SpectralAxis?

  /// What users say that positions of files are measured in.
  private let given: AxisUnit?

  /// What positions of files are measured in when neither the file nor the user says.
  private let assumed: AxisUnit?

  /// Wavelength of the exciting laser in nanometers, where it is known.
  private let laser: Double?

  /// Takes what is known.
  ///
  /// - Parameters:
  ///   - known: The positions of the training spectra.
  ///   - given: What the user says that positions of files are measured in.
  ///   - assumed: What the model says.
  ///   - laser: Wavelength of the exciting laser in nanometers.
  init(_ known: SpectralAxis?, given: AxisUnit?, assumed: AxisUnit?, laser: Double? = nil) {
    self.laser = laser
    self.known = known
    self.given = given
    self.assumed = assumed
  }

  /// The spectra at the positions of the training spectra, where these are known.
  ///
  /// - Parameters:
  ///   - spectra: As they were measured.
  ///   - note: Told about interpolation.
  /// - Returns: As many spectra.
  /// - Throws: `WorkflowError` when the spectra cannot be brought there.
  func brought(
    _ spectra: SpectralDataset, note: (String) -> Void
  ) throws -> SpectralDataset {
    if let known, spectra.axis.isCount || known.isCount {
      guard spectra.axis.count == known.count else {
        throw WorkflowError(
          .unsuitableInput,
          "spectra of \(spectra.axis.count) points do not fit a network that was trained on "
            + "\(known.count); without positions in both they cannot be brought to its axis")
      }
      return known.isCount
        ? try spectra.with(axis: named(spectra.axis), rows: spectra.rows)
        : try spectra.with(axis: known, rows: spectra.rows)
    }
    let axis = try named(spectra.axis)
    let measured = try spectra.with(axis: axis, rows: spectra.rows)
    guard let known else { return measured }
    let target =
      known.unit == .index && axis.unit != .index
      ? try SpectralAxis(positions: known.positions, unit: axis.unit) : known
    return try interpolated(converted(measured, to: target.unit), to: target, note)
  }

  /// The axis of a file with the unit that the file does not name.
  private func named(_ axis: SpectralAxis) throws -> SpectralAxis {
    // What only counts points has no unit unless somebody says so.
    let unit = given ?? (axis.isCount ? nil : assumed)
    // "cm-1" alone does not tell an infrared wavenumber from a Raman shift.
    if axis.unit == .index || (unit == .ramanShift && axis.unit == .reciprocalCentimeter) {
      return try unit.map { try SpectralAxis(positions: axis.positions, unit: $0) } ?? axis
    }
    guard let given, given != axis.unit else { return axis }
    throw WorkflowError(
      .unsuitableInput,
      "its header names \(axis.unit.label), but \(given.label) was asked for")
  }

  private func converted(
    _ spectra: SpectralDataset, to unit: AxisUnit
  ) throws -> SpectralDataset {
    if spectra.axis.unit == unit { return spectra }
    do {
      return try spectra.converted(to: unit, laserWavelength: laser)
    } catch {
      throw WorkflowError(
        .unsuitableInput,
        "its axis is \(spectra.axis.label), the network's is \(unit.label): \(error)"
          + (laser == nil && (unit == .ramanShift || spectra.axis.unit == .ramanShift)
            ? " with --laser" : ""))
    }
  }

  private func interpolated(
    _ spectra: SpectralDataset, to target: SpectralAxis, _ note: (String) -> Void
  ) throws -> SpectralDataset {
    let interpolation: AxisInterpolation
    do {
      interpolation = try AxisInterpolation(from: spectra.axis, to: target, slack: 0.5)
    } catch {
      throw WorkflowError(
        .unsuitableInput,
        "has \(spectra.axis.summary), but the network was trained on \(target.summary), and nothing "
          + "is extrapolated; give spectra that cover this range")
    }
    if !interpolation.isSelection {
      note(
        "spectra of \(spectra.axis.summary) are interpolated linearly to the network's "
          + target.summary + coarseness(spectra.axis, target))
    }
    return try spectra.with(
      axis: target,
      rows: spectra.rows.mapRows { row throws(SpectrumError) in
        try interpolation.apply(to: row)
      })
  }

  /// A warning where the measured points lie clearly farther apart than the network's.
  private func coarseness(_ measured: SpectralAxis, _ target: SpectralAxis) -> String {
    guard measured.count > 1, target.count > 1 else { return "" }
    let ratio = measured.meanStep / target.meanStep
    return ratio < 1.5
      ? ""
      : "; they were measured \(String(format: "%.2g", ratio)) times as coarsely, so narrow bands may be "
        + "lost"
  }
}

extension SpectralAxis {
  /// Whether the positions merely count points, from 0 or 1.
  package var isCount: Bool {
    unit == .index && positions[0] >= 0 && positions[0] <= 1
      && positions.indices.allSatisfy { positions[$0] == positions[0] + Double($0) }
  }

  /// The mean distance of neighbors.
  fileprivate var meanStep: Double { (range.upperBound - range.lowerBound) / Double(count - 1) }
}
