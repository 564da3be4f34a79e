import Foundation

extension Picture {
  /// Reads a PNG or JPEG file; the content decides which, not the name.
  ///
  /// Gray, palette, 16-bit and CMYK pictures become 8-bit RGB, transparent pixels are laid on white,
  /// and the orientation that a camera recorded (Exif) is applied.
  ///
  /// - Parameter path: The file.
  /// - Throws: `ImageError` naming the file and what is wrong with it.
  package init(reading path: String) throws(ImageError) {
    let bytes = try Picture.contents(of: path)
    do throws(ImageError) {
      self = try Picture(decoding: bytes)
    } catch {
      throw error.located(at: path)
    }
  }

  /// Decodes the bytes of a PNG or JPEG file.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: `ImageError` when the bytes are neither, are damaged, or declare too many pixels.
  package init(decoding bytes: [UInt8]) throws(ImageError) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = try ImageCodec.decodePNG(bytes)
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      let markers = JPEGMarkers(bytes)
      let stored = try ImageCodec.decodeJPEG(bytes, invertsCMYK: markers.hasAdobeMarker)
      self = stored.upright(from: markers.orientation)
    } else if bytes.isEmpty {
      throw ImageError(.malformedFile, "the file is empty")
    } else {
      throw ImageError(
        .unknownFormat, "neither a PNG nor a JPEG picture; convert it to one of them")
    }
  }

  /// The picture as the bytes of a PNG file; equal pictures give equal bytes.
  ///
  /// - Throws: `ImageError` when there is no memory for them.
  package func pngBytes() throws(ImageError) -> [UInt8] {
    try ImageCodec.encodePNG(self)
  }

  /// Writes the picture as a PNG file; nothing or the whole file is there afterwards.
  ///
  /// - Parameter path: The file; one of that name is replaced.
  /// - Throws: `ImageError` when the folder cannot be written.
  package func writePNG(to path: String) throws(ImageError) {
    let bytes = try pngBytes()
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ImageError(
        .unwritable, "\(path): cannot be written; does the folder exist, and may you write there?")
    }
  }

  private static func contents(of path: String) throws(ImageError) -> [UInt8] {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw ImageError(.unreadable, "\(path): no such file, or it may not be read")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw ImageError(.unreadable, "\(path): not a regular file; name a PNG or JPEG file")
    }
    guard let data = try? Data(contentsOf: url) else {
      throw ImageError(.unreadable, "\(path): cannot be read; check its permissions")
    }
    return [UInt8](data)
  }
}
