/// A kind of picture file that is read; the first bytes tell which.
package enum PictureFormat: String, CaseIterable, Sendable {
  /// Portable Network Graphics.
  case png = "PNG"

  /// JPEG, in any of its color spaces.
  case jpeg = "JPEG"

  /// TIFF and BigTIFF, of any number of bands.
  case tiff = "TIFF"

  /// WebP, a single picture.
  case webp = "WebP"

  /// The names of all formats for a sentence.
  package static let list = "PNG, JPEG, TIFF or WebP"

  /// How many bytes tell the format.
  package static let signatureLength = 12

  /// Recognizes the start of a file; nil when it is none of these.
  package init?(startOf bytes: some Sequence<UInt8>) {
    let start = Array(bytes.prefix(PictureFormat.signatureLength))
    let found = PictureFormat.allCases.first { format in
      format.signatures.contains { start.starts(with: $0) }
    }
    guard let found, found != .webp || start.dropFirst(8).elementsEqual("WEBP".utf8) else {
      return nil
    }
    self = found
  }

  /// The ends of names that such files have, in lower case.
  package var suffixes: [String] {
    switch self {
    case .png: ["png"]
    case .jpeg: ["jpg", "jpeg"]
    case .tiff: ["tif", "tiff"]
    case .webp: ["webp"]
    }
  }

  private var signatures: [[UInt8]] {
    switch self {
    case .png: [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]]
    case .jpeg: [[0xFF, 0xD8, 0xFF]]
    case .tiff: ["II*\0", "MM\0*", "II+\0", "MM\0+"].map { Array($0.utf8) }
    case .webp: [Array("RIFF".utf8)]
    }
  }
}
