package import Explanations
import ImageData
import SpectralData
import TensorCore

/// What an input of a network is, by the shape of one sample.
package enum InputKind: Hashable, CaseIterable {
  /// One or three channels over rows and columns.
  case picture
  /// More channels over rows and columns.
  case bands
  /// One channel along one axis.
  case spectrum
  /// Several channels along one axis.
  case series
  /// Channels over slices, rows and columns.
  case volume
  /// Numbers without places.
  case row

  /// The kind of an input.
  package init(_ input: NetworkInput) {
    let channels = input.shape[0]
    switch input.positions.count {
    case 1: self = input.isRow ? .row : channels == 1 ? .spectrum : .series
    case 2: self = channels == 1 || channels == 3 ? .picture : .bands
    default: self = .volume
    }
  }

  /// How many bounds a part of it has: left, top, right and bottom, or two on an axis; nil where no
  /// part can be named.
  package var regionBoundCount: Int? {
    switch self {
    case .picture, .bands: 4
    case .spectrum, .series: 2
    case .volume, .row: nil
    }
  }

  /// The ends of names of files that hold arrays.
  package static let arraySuffixes: Set = ["npy", "npz"]

  /// The ends of names that such files have.
  package var suffixes: Set<String> {
    switch self {
    case .picture: Self.arraySuffixes.union(PictureFormat.allCases.flatMap(\.suffixes))
    case .spectrum: SpectrumFormatCatalog.suffixes
    case .bands: Self.arraySuffixes.union(PictureFormat.tiff.suffixes)
    case .series, .volume: Self.arraySuffixes
    case .row: Self.arraySuffixes.union(["csv", "txt"])
    }
  }

  /// What several are called.
  package var plural: String {
    switch self {
    case .picture: "\(PictureFormat.list) pictures, or NumPy arrays (npy, npz)"
    case .spectrum: "files of spectra (CSV, JCAMP-DX, SPC, npz…)"
    case .bands: "NumPy arrays (npy, npz) or TIFF files of bands over rows and columns"
    case .series: "NumPy arrays (npy, npz) of channels over points"
    case .volume: "NumPy arrays (npy, npz) of volumes"
    case .row: "rows of numbers (npy, csv, txt, or the numbers themselves)"
    }
  }
}
