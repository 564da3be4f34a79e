import CWebP

/// The calls into libwebp; the only unsafe file that knows it.
enum WebPCodec {
  /// Decodes a WebP file to RGB as it is stored, laying transparent pixels on white.
  ///
  /// - Parameter bytes: The whole file.
  /// - Returns: The stored rows and columns.
  /// - Throws: `ImageError` when the data are damaged, the picture is too large, or it moves.
  static func decode(_ bytes: [UInt8]) throws(ImageError) -> Picture {
    try unsafe bytes.withUnsafeBufferPointer { buffer throws(ImageError) -> Picture in
      var features = WebPBitstreamFeatures()
      let found = unsafe WebPGetFeatures(buffer.baseAddress, buffer.count, &features)
      guard found == VP8_STATUS_OK else { throw damage }
      guard features.has_animation == 0 else {
        throw ImageError(.unsupportedFile, "an animated WebP picture; save one of its frames")
      }
      let (width, height) = (Int(features.width), Int(features.height))
      try ImageCodec.checkSize(width: width, height: height)
      let hasAlpha = features.has_alpha != 0
      let rowLength = (hasAlpha ? 4 : 3) * width
      var samples = [UInt8](repeating: 0, count: rowLength * height)
      let isWhole = unsafe samples.withUnsafeMutableBufferPointer { output in
        let decode = unsafe hasAlpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto
        return unsafe decode(
          buffer.baseAddress, buffer.count, output.baseAddress, output.count, CInt(rowLength))
          != nil
      }
      guard isWhole else { throw damage }
      return Picture(
        width: width, height: height,
        pixels: hasAlpha ? ImageCodec.compositedOnWhite(samples) : samples)
    }
  }

  private static var damage: ImageError {
    ImageError(.malformedFile, "the WebP data are damaged or cut off")
  }
}
