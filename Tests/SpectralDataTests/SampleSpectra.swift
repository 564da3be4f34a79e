import Foundation
import SpectralData

/// Small spectra with everything that can be known about them.
enum SampleSpectra {
  /// Four spectra of 60 points, 400, 402…, with names, labels, groups and a target.
  static func dataset(unit: AxisUnit = .nanometer) throws -> SpectralDataset {
    let axis = try SpectralAxis(positions: (0..<60).map { 400 + 2 * Double($0) }, unit: unit)
    let rows: [[Float]] = (0..<4).map { row in
      (0..<60).map { point -> Float in
        if point % 10 < 4 { return 0.25 }
        let phase = Double(point * (row + 1)) / 7
        return Float(sin(phase)) * 0.9
      }
    }
    return try SpectralDataset(
      axis: axis, rows: rows, names: ["one", "two, three", "four \"4\"", "five; six"],
      metadata: [
        .init(name: "label", values: ["a", "b", "a", "b"]),
        .init(name: "sample", values: ["s1", "s1", "s2", "s2"]),
        .init(name: "protein", values: ["1.25", "-3", "", "1e-07"]),
      ])
  }
}
