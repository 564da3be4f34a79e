import CPNG
import CTurboJPEG

/// The calls into libpng's simplified interface and TurboJPEG; the only unsafe file that knows them.
///
/// Pointers live inside one call, every status is read before its result is used.
enum ImageCodec {
  /// Decodes a PNG file to RGB, laying transparent pixels on white.
  static func decodePNG(_ bytes: [UInt8]) throws(ImageError) -> Picture {
    var image = unsafe png_image()
    unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { unsafe png_image_free(&image) }
    return try unsafe bytes.withUnsafeBufferPointer { buffer throws(ImageError) -> Picture in
      let begun = unsafe png_image_begin_read_from_memory(&image, buffer.baseAddress, buffer.count)
      try unsafe check(begun, image)
      let (width, height) = unsafe (Int(image.width), Int(image.height))
      try checkSize(width: width, height: height)
      let hasAlpha = unsafe image.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
      unsafe image.format = png_uint_32(
        PNG_FORMAT_FLAG_COLOR | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0))
      // A 16-bit file that does not state its encoding is taken for sRGB, as an 8-bit one is.
      unsafe image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      var samples = [UInt8](repeating: 0, count: (hasAlpha ? 4 : 3) * width * height)
      let finished = unsafe samples.withUnsafeMutableBytes {
        unsafe png_image_finish_read(&image, nil, $0.baseAddress, 0, nil)
      }
      try unsafe check(finished, image)
      return Picture(
        width: width, height: height, pixels: hasAlpha ? compositedOnWhite(samples) : samples)
    }
  }

  /// Decodes a JPEG file to RGB as it is stored, without turning it upright.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - invertsCMYK: Whether four-channel samples are stored as 255 minus the ink (Adobe).
  ///   - divisor: What the stored width and height may be divided by: 1, 2, 4 or 8.
  /// - Returns: The stored rows and columns, or fewer by the divisor, rounded up.
  /// - Throws: `ImageError` when the data are damaged or the picture is too large.
  static func decodeJPEG(
    _ bytes: [UInt8], invertsCMYK: Bool, divisor: (_ width: Int, _ height: Int) -> Int
  ) throws(ImageError) -> Picture {
    guard let decoder = unsafe tjInitDecompress() else {
      throw ImageError(.unsupportedFile, "the JPEG decoder cannot be started")
    }
    defer { unsafe tjDestroy(decoder) }
    return try unsafe bytes.withUnsafeBufferPointer { buffer throws(ImageError) -> Picture in
      var (width, height, subsampling, colorspace) = (CInt(0), CInt(0), CInt(0), CInt(0))
      let count = CUnsignedLong(buffer.count)
      let found = unsafe tjDecompressHeader3(
        decoder, buffer.baseAddress, count, &width, &height, &subsampling, &colorspace)
      try unsafe check(found, decoder)
      try checkSize(width: Int(width), height: Int(height))
      let part = CInt(divisor(Int(width), Int(height)))
      (width, height) = ((width + part - 1) / part, (height + part - 1) / part)
      let isCMYK = colorspace == TJCS_CMYK.rawValue || colorspace == TJCS_YCCK.rawValue
      let format = isCMYK ? TJPF_CMYK.rawValue : TJPF_RGB.rawValue
      let sampleCount = (isCMYK ? 4 : 3) * Int(width) * Int(height)
      var status: CInt = 0
      let samples = unsafe [UInt8](unsafeUninitializedCapacity: sampleCount) { samples, filled in
        status = unsafe tjDecompress2(
          decoder, buffer.baseAddress, count, samples.baseAddress, width, 0, height, CInt(format),
          CInt(TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS))
        filled = sampleCount
      }
      try unsafe check(status, decoder)
      return Picture(
        width: Int(width), height: Int(height),
        pixels: isCMYK ? convertedFromCMYK(samples, isInverted: invertsCMYK) : samples)
    }
  }

  /// Encodes a picture as a JPEG file.
  static func encodeJPEG(_ picture: Picture, quality: Int) throws(ImageError) -> [UInt8] {
    guard let encoder = unsafe tjInitCompress() else {
      throw ImageError(.unsupportedFile, "the JPEG encoder cannot be started")
    }
    defer { unsafe tjDestroy(encoder) }
    let (width, height) = (CInt(clamping: picture.width), CInt(clamping: picture.height))
    let subsampling = CInt(TJSAMP_420.rawValue)
    var bytes = [UInt8](repeating: 0, count: Int(tjBufSize(width, height, subsampling)))
    var count = CUnsignedLong(bytes.count)
    let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return unsafe tjCompress2(
        encoder, picture.pixels, width, 0, height, CInt(TJPF_RGB.rawValue), &start, &count,
        subsampling, CInt(quality), CInt(TJFLAG_NOREALLOC))
    }
    try unsafe check(status, encoder)
    bytes.removeLast(bytes.count - Int(count))
    return bytes
  }

  private static func check(_ status: CInt, _ image: png_image) throws(ImageError) {
    if status != 0 { return }
    var message = unsafe image.message
    let text = unsafe withUnsafeBytes(of: &message) {
      unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    throw ImageError(.malformedFile, "the PNG data are damaged or cut off (\(text))")
  }

  private static func check(_ status: CInt, _ decoder: tjhandle) throws(ImageError) {
    if status == 0 { return }
    let text = unsafe tjGetErrorStr2(decoder).map { unsafe String(cString: $0) } ?? "unknown error"
    // Some cameras leave bytes between segments; every decoder shows such pictures whole.
    if text.contains("extraneous bytes") { return }
    throw ImageError(.malformedFile, "the JPEG data are damaged or cut off (\(text))")
  }
}
