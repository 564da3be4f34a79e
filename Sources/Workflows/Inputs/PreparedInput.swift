import Explanations
package import ImageData
package import SpectralData
package import TensorCore

/// One input, ready for a network and for a figure.
package struct PreparedInput: Sendable {
  /// What figures draw maps on.
  package enum Display: Sendable {
    /// The picture as the network saw it, or some of its bands.
    case picture(Picture)
    /// The spectrum as it was measured, at the positions of the network's input.
    case spectrum(Spectrum)
    /// Channels along one axis, each as many numbers as there are points.
    case series([[Float]])
    /// Slices of one channel of a volume.
    case volume(VolumeMontage)
    /// Numbers without places.
    case row([Float])
  }

  /// The file, or the text that says what the input is.
  package let path: String

  /// The row of the file, from 0, when it holds several inputs.
  package let row: Int?

  /// What the network receives, `[channels, positions…]`.
  package let tensor: Tensor

  /// What figures draw maps on.
  package let display: Display

  /// Where a picture's pixels lie on the network's positions; nil for all else.
  package var placement: PicturePlacement?

  /// What of the input figures show, where that is not all of it.
  var shownPart: String?

  /// The class that the file says it is of.
  var label: String?

  /// Where on a map it was measured; nil where it is of no map.
  var place: MapPlace?

  /// The start of the names of its files.
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return FileNames.safe(base.isEmpty ? name : base) + (row.map { "-\($0)" } ?? "")
  }
}

extension InputPreparation {
  var warnings: [String] { [] }
}

/// What is known about how inputs are prepared for a network.
protocol InputPreparation: Sendable {
  /// What was assumed about the network, one sentence each.
  var notes: [String] { get }

  /// What makes results doubtful, one sentence each.
  var warnings: [String] { get }

  /// How inputs are prepared, and who said so.
  var record: PreparationRecord { get }
}
