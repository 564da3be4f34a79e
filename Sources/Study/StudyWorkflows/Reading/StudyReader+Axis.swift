import Foundation
import SpectralData
import Workflows

extension StudyReader {
  /// The axis that the user gives, if any.
  func axis(of dataset: SpectralDataset) throws -> SpectralAxis? {
    if let laser = source.laserWavelength { return try shifted(dataset.axis, laser) }
    let unit = source.unit ?? dataset.axis.unit
    if let ends = source.axisEnds, ends.count == 2 {
      let count = dataset.axis.count
      if !dataset.axis.isCount {
        note(
          "the file's positions (\(dataset.axis.summary)) are replaced by those of --axis, "
            + "\(ends[0])…\(ends[1])")
      }
      let step = (ends[1] - ends[0]) / Double(max(1, count - 1))
      return try SpectralAxis(
        positions: (0..<count).map { ends[0] + Double($0) * step }, unit: unit)
    }
    guard unit != dataset.axis.unit else { return nil }
    guard dataset.axis.unit == .index || unit == .ramanShift else {
      throw WorkflowError(
        .invalidSetting,
        "the file names \(dataset.axis.unit.label), but \(unit.label) was asked for; with --laser "
          + "wavelengths and Raman shifts are converted")
    }
    return try SpectralAxis(positions: dataset.axis.positions, unit: unit)
  }

  /// Wavelengths as Raman shifts, or Raman shifts as what the user asks for.
  private func shifted(_ axis: SpectralAxis, _ laser: Double) throws -> SpectralAxis {
    var measured = axis
    if axis.unit == .index {
      guard let unit = source.unit, unit != .index else {
        throw WorkflowError(
          .invalidSetting,
          "--laser converts positions whose unit is known; the files do not say, so add --unit nm, "
            + "cm-1 or raman")
      }
      measured = try SpectralAxis(positions: axis.positions, unit: unit)
    }
    // "cm-1" far below the laser's own wavenumber is a shift already.
    if measured.unit == .reciprocalCentimeter, measured.range.upperBound < 0.5e7 / laser {
      measured = try SpectralAxis(positions: measured.positions, unit: .ramanShift)
    }
    let asked = axis.unit == .index ? nil : source.unit
    let wanted = asked ?? .ramanShift
    let converted = try measured.converted(to: wanted, laserWavelength: laser)
    note("positions with a laser of \(laser) nm: \(measured.summary) are \(converted.summary)")
    return converted
  }
}
