import Foundation

extension Picture {
  /// Reads a picture file; the content decides which format it has, not the name.
  ///
  /// Gray, palette, 16-bit and CMYK pictures become 8-bit RGB, transparent pixels are laid on white,
  /// and the orientation that a camera recorded (Exif, or the field of a TIFF file) is applied.
  ///
  /// - Parameter path: The file.
  /// - Throws: `ImageError` naming the file and what is wrong with it.
  package init(reading path: String) throws(ImageError) {
    self = try PictureFile(reading: path).picture()
  }

  /// Decodes the bytes of a picture file.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: `ImageError` when the bytes are of no format in `PictureFormat`, are damaged, or declare
  ///   too many pixels.
  package init(decoding bytes: [UInt8]) throws(ImageError) {
    self = try PictureFile(bytes).picture()
  }

  /// The picture as the bytes of a PNG file; equal pictures give equal bytes.
  ///
  /// - Throws: `ImageError` when the file would have a part of more than 2 GB.
  package func pngBytes() throws(ImageError) -> [UInt8] {
    try PNGWriter.bytes(of: self)
  }

  /// The picture as the bytes of a JPEG file with half the resolution in color.
  ///
  /// - Parameter quality: 1…100.
  /// - Returns: The bytes; other versions of the library may give others.
  /// - Throws: `ImageError` when the library refuses.
  package func jpegBytes(quality: Int) throws(ImageError) -> [UInt8] {
    try ImageCodec.encodeJPEG(self, quality: quality)
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
}
