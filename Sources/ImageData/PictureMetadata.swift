/// What a picture file says about showing its samples.
struct PictureMetadata: Equatable {
  /// How the stored rows and columns are turned to stand upright.
  var orientation = ExifOrientation.upright

  /// The color profile, if there is one.
  var profile: ColorProfile?

  /// Whether four-channel JPEG samples are stored inverted, as Adobe's are.
  var hasAdobeMarker = false

  /// Knows nothing.
  init() {}

  /// Reads the chunks of a PNG file; damaged ones are passed over.
  init(png bytes: [UInt8]) {
    var position = 8
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - position - 12 else { return }
      let data = bytes[position + 8..<position + 8 + length]
      take(chunk: bytes[position + 4..<position + 8], data)
      position += 12 + length
    }
  }

  /// Reads the chunks of a WebP file (a RIFF file); damaged ones are passed over.
  init(webP bytes: [UInt8]) {
    var position = 12
    while position + 8 <= bytes.count {
      let length = bytes[position + 4..<position + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - position - 8 else { return }
      take(
        chunk: bytes[position..<position + 4], bytes[position + 8..<position + 8 + length])
      position += 8 + length + length % 2
    }
  }

  private mutating func take(chunk name: ArraySlice<UInt8>, _ data: ArraySlice<UInt8>) {
    switch String(decoding: name, as: UTF8.self) {
    case "eXIf", "EXIF":
      let start = data.starts(with: ExifOrientation.header) ? 6 : 0
      if let found = ExifOrientation(structure: data.dropFirst(start)) { orientation = found }
    // The profile itself is compressed in PNG files; its name stands before it.
    case "iCCP":
      profile = ColorProfile(name: String(decoding: data.prefix { $0 != 0 }, as: UTF8.self))
    case "ICCP": profile = ColorProfile(Array(data))
    default: break
    }
  }

  /// Reads the marker segments of a JPEG file up to the start of the samples; damaged ones are
  /// passed over.
  init(jpeg bytes: [UInt8]) {
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
      take(marker: marker, bytes[(position + 4)..<(position + 2 + length)])
      position += 2 + length
    }
  }

  private mutating func take(marker: UInt8, _ segment: ArraySlice<UInt8>) {
    switch marker {
    case 0xE1 where segment.starts(with: ExifOrientation.header):
      if let found = ExifOrientation(structure: segment.dropFirst(6)) { orientation = found }
    // A long profile is cut into several segments; its name stands in the first.
    case 0xE2 where segment.starts(with: Array("ICC_PROFILE\0".utf8)) && profile == nil:
      profile = ColorProfile(Array(segment.dropFirst(14)))
    case 0xEE where segment.starts(with: Array("Adobe".utf8)): hasAdobeMarker = true
    default: break
    }
  }
}
