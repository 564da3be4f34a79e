/// What the marker segments in front of a JPEG picture's samples say about showing it.
struct JPEGMarkers: Equatable {
  /// How the stored rows and columns are turned to stand upright.
  private(set) var orientation = ExifOrientation.upright

  /// Whether an Adobe segment is present; its CMYK samples are stored inverted.
  private(set) var hasAdobeMarker = false

  /// Reads the segments up to the start of the samples; damaged ones are passed over.
  init(_ bytes: [UInt8]) {
    var position = 2
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { return }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      guard length >= 2, position + 2 + length <= bytes.count else { return }
      let segment = bytes[(position + 4)..<(position + 2 + length)]
      if marker == 0xE1, let found = ExifOrientation(segment: segment) { orientation = found }
      if marker == 0xEE, segment.starts(with: Array("Adobe".utf8)) { hasAdobeMarker = true }
      position += 2 + length
    }
  }
}
