import TensorCore

/// Reads spectra from one NumPy array `[spectra, points]`, `[spectra, 1, points]` or `[points]`.
enum NPYSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "npy", summary: "one NumPy array of spectra, without an axis", suffixes: ["npy"],
    recognizes: { $0.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) },
    decode: { bytes, settings throws(SpectrumError) in
      do throws(TensorError) {
        let file = try NPYFile(bytes)
        return try spectra(file, "the array", settings)
      } catch {
        throw SpectrumError(error)
      }
    },
    encode: nil)

  private static func spectra(
    _ file: NPYFile, _ name: String, _ settings: SpectrumReadingSettings
  ) throws(TensorError) -> [SpectralDataset] {
    let rows = try rows(file, name)
    guard let count = rows.first?.count else { return [] }
    do throws(SpectrumError) {
      let axis = SpectralAxis(indexCount: count)
      // A unit without positions would be a guess, so the points stay counted.
      return [try SpectralDataset(axis: axis, rows: rows)]
    } catch {
      throw TensorError(.malformedFile, error.description)
    }
  }

  /// The spectra in an array.
  ///
  /// - Throws: `TensorError` when the array holds texts or has another number of axes.
  static func rows(_ file: NPYFile, _ name: String) throws(TensorError) -> [[Float]] {
    let extents = file.shape.extents
    let isRow = extents.count == 1
    guard file.texts == nil, isRow || extents.count == 2 || extents.count == 3 && extents[1] == 1
    else {
      throw TensorError(
        .unsupportedFile,
        "\(name) has the shape \(file.shape); spectra are numbers [spectra, points]")
    }
    let (count, points) = (isRow ? 1 : extents[0], extents[extents.count - 1])
    guard count > 0, points > 0 else { return [] }
    let elements = file.tensor.elements
    return (0..<count).map { Array(elements[($0 * points)..<($0 + 1) * points]) }
  }
}

extension SpectrumError {
  /// What went wrong with an array, told about spectra.
  init(_ error: TensorError) {
    let code: Code =
      switch error.code {
      case .unreadable: .unreadable
      case .unwritable: .unwritable
      case .unsupportedFile: .unsupportedFile
      default: .malformedFile
      }
    self.init(code, error.description)
  }
}
