import Foundation
import SpectralData

/// Which column of a table of bands holds what.
struct BandTableHeader {
  private let lower: Int
  private let upper: Int
  private let assignment: Int
  private let unitColumn: Int?
  private let technique: Int?
  private let group: Int?
  private let reference: Int?
  private let unit: AxisUnit?
  private let halfWidth: Double

  init(
    _ cells: [String], unit: AxisUnit?, halfWidth: Double
  ) throws(ChemometricsError) {
    let names = cells.map { $0.lowercased() }
    func column(_ candidates: [String]) -> Int? {
      names.firstIndex { name in candidates.contains { name == $0 || name.hasPrefix($0 + " ") } }
    }
    let single = column([
      "position", "wavenumber", "shift", "raman", "wavelength", "peak", "center",
    ])
    let lower = column(["from", "low", "lower", "start", "min"])
    let upper = column(["to", "high", "upper", "end", "max"])
    guard let first = lower ?? single, let last = lower == nil ? single : upper else {
      throw ChemometricsError(
        .malformedFile,
        "line 1: no columns say where the bands lie; name two `from` and `to`, or one `position`")
    }
    guard let assignment = column(["assignment", "assigned", "vibration"]) else {
      throw ChemometricsError(
        .malformedFile, "line 1: no column is named `assignment`; name the one with the meaning")
    }
    guard halfWidth >= 0, halfWidth.isFinite else {
      throw ChemometricsError(
        .invalidSettings, "a half width of \(halfWidth) is not a finite number from 0 up")
    }
    (self.lower, self.upper, self.assignment) = (first, last, assignment)
    unitColumn = column(["unit"])
    technique = column(["technique", "method"])
    group = column(["group", "class", "substance"])
    reference = column(["reference", "source", "doi"])
    self.unit = AxisUnit(named: cells[first]) ?? unit
    self.halfWidth = first == last ? halfWidth : 0
  }

  func band(_ line: CSVLines) throws(ChemometricsError) -> KnownBand {
    func cell(_ column: Int?) -> String? {
      guard let column, line.cells.indices.contains(column) else { return nil }
      return line.cells[column].isEmpty ? nil : line.cells[column]
    }
    func number(_ column: Int) throws(ChemometricsError) -> Double {
      let text = cell(column) ?? ""
      guard let value = Double(text), value.isFinite else {
        throw ChemometricsError(
          .malformedFile, "line \(line.number): \"\(text)\" is not a position; write a number")
      }
      return value
    }
    let ends = [try number(lower), try number(upper)].sorted()
    guard let assignment = cell(assignment) else {
      throw ChemometricsError(
        .malformedFile, "line \(line.number): the assignment is missing; say what the band is")
    }
    let unitText = cell(unitColumn)
    guard let unit = unitText.map({ AxisUnit(named: $0) }) ?? unit else {
      throw ChemometricsError(
        .malformedFile,
        "line \(line.number): \"\(unitText ?? "")\" is no unit; write cm-1, Raman shift, nm or µm")
    }
    return KnownBand(
      range: (ends[0] - halfWidth)...(ends[1] + halfWidth), unit: unit,
      technique: cell(technique).flatMap(KnownBand.Technique.init(named:)),
      assignment: assignment, group: cell(group), reference: cell(reference))
  }
}
