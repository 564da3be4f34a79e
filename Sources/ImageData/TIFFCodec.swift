import CTIFF
import TensorCore

/// The calls into libtiff; the only unsafe file that knows it.
///
/// Pointers live inside one call; the file is closed before the bytes go.
enum TIFFCodec {
  /// What a file holds, as it is stored.
  struct Contents {
    /// The samples.
    let raster: Raster

    /// Orientation and profile.
    let metadata: PictureMetadata
  }

  /// Decodes the first picture of a TIFF file.
  ///
  /// Samples of whole bytes are read as they are; palettes, fewer bits and further color spaces as
  /// 8-bit colors.
  ///
  /// - Parameter bytes: The whole file.
  /// - Returns: Its samples, not turned upright.
  /// - Throws: `ImageError` when the data are damaged, too many, or of a kind that is not read.
  static func decode(_ bytes: [UInt8]) throws(ImageError) -> Contents {
    try unsafe bytes.withUnsafeBufferPointer { buffer throws(ImageError) -> Contents in
      guard let base = buffer.baseAddress, let tiff = unsafe ctiff_open(base, buffer.count) else {
        throw damage
      }
      defer { unsafe TIFFClose(tiff) }
      let size = unsafe (
        width: Int(ctiff_long(tiff, UInt32(TIFFTAG_IMAGEWIDTH), 0)),
        height: Int(ctiff_long(tiff, UInt32(TIFFTAG_IMAGELENGTH), 0))
      )
      try ImageCodec.checkSize(width: size.width, height: size.height)
      // The library takes a picture whose palette is cut off for gray.
      let photometric = unsafe CInt(ctiff_short(tiff, UInt32(TIFFTAG_PHOTOMETRIC), 0))
      if TIFFDirectory(bytes)?.short(Int(TIFFTAG_PHOTOMETRIC)) == Int(PHOTOMETRIC_PALETTE),
        photometric != PHOTOMETRIC_PALETTE
      {
        throw damage
      }
      let raster: Raster
      if let layout = unsafe layout(tiff, width: size.width, height: size.height) {
        raster = try unsafe samples(tiff, layout)
      } else {
        raster = try unsafe colors(tiff, width: size.width, height: size.height)
      }
      return unsafe Contents(raster: raster, metadata: metadata(tiff))
    }
  }

  /// How samples are stored; nil when the library has to make colors of them.
  private static func layout(_ tiff: OpaquePointer, width: Int, height: Int) -> TIFFLayout? {
    func short(_ tag: CInt, _ standard: CInt) -> CInt {
      unsafe CInt(ctiff_short(tiff, UInt32(tag), UInt16(standard)))
    }
    let photometric = short(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK)
    let isJPEG = short(TIFFTAG_COMPRESSION, COMPRESSION_NONE) == COMPRESSION_JPEG
    let isConverted = photometric == PHOTOMETRIC_YCBCR && isJPEG
    if isConverted { unsafe ctiff_decode_to_rgb(tiff) }
    let bandCount = Int(short(TIFFTAG_SAMPLESPERPIXEL, 1))
    let isTiled = unsafe TIFFIsTiled(tiff) != 0
    func long(_ tag: CInt) -> Int { unsafe Int(ctiff_long(tiff, UInt32(tag), 0)) }
    guard
      let colors = colors(isConverted ? PHOTOMETRIC_RGB : photometric, bandCount: bandCount),
      let kind = sampleKinds[short(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT)]
    else { return nil }
    let layout = TIFFLayout(
      width: width, height: height, bandCount: bandCount,
      bits: Int(short(TIFFTAG_BITSPERSAMPLE, 1)), kind: kind, colors: colors,
      isPlanar: short(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE,
      blockWidth: isTiled ? long(TIFFTAG_TILEWIDTH) : width,
      blockHeight: isTiled ? long(TIFFTAG_TILELENGTH) : min(height, long(TIFFTAG_ROWSPERSTRIP)))
    return layout.hasPlainSamples ? layout : nil
  }

  private static let sampleKinds: [CInt: TIFFLayout.SampleKind] = [
    SAMPLEFORMAT_UINT: .unsigned, SAMPLEFORMAT_VOID: .unsigned, SAMPLEFORMAT_INT: .signed,
    SAMPLEFORMAT_IEEEFP: .floating,
  ]

  /// What bands mean in color spaces whose samples are read as they are; nil in others.
  private static func colors(_ photometric: CInt, bandCount: Int) -> Raster.Colors? {
    switch photometric {
    case PHOTOMETRIC_MINISBLACK: bandCount <= 2 ? .gray : .bands
    case PHOTOMETRIC_MINISWHITE: bandCount <= 2 ? .invertedGray : .bands
    case PHOTOMETRIC_RGB: bandCount >= 3 ? .rgb : .bands
    default: nil
    }
  }

  /// The samples of a picture, block by block.
  private static func samples(
    _ tiff: OpaquePointer, _ layout: TIFFLayout
  ) throws(ImageError) -> Raster {
    try ImageCodec.checkSampleCount(layout.width * layout.height, bandCount: layout.bandCount)
    let isTiled = unsafe TIFFIsTiled(tiff) != 0
    let size = unsafe Int(isTiled ? TIFFTileSize(tiff) : TIFFStripSize(tiff))
    let rowLength = layout.blockWidth.multipliedReportingOverflow(
      by: layout.blockBands * layout.byteCount)
    let (blockSize, overflows) = rowLength.partialValue.multipliedReportingOverflow(
      by: layout.blockHeight)
    guard !rowLength.overflow, !overflows, blockSize > 0, size == blockSize,
      blockSize <= 4 * Picture.maximumPixelCount
    else { throw damage }
    let count = layout.bandCount * layout.width * layout.height
    var elements = [Float](repeating: 0, count: count)
    var block = [UInt8](repeating: 0, count: blockSize)
    for band in stride(from: 0, to: layout.bandCount, by: layout.blockBands) {
      for row in stride(from: 0, to: layout.height, by: layout.blockHeight) {
        for column in stride(from: 0, to: layout.width, by: layout.blockWidth) {
          let needed =
            isTiled
            ? blockSize : rowLength.partialValue * min(layout.blockHeight, layout.height - row)
          let read = unsafe read(tiff, isTiled, row, column, band, into: &block)
          guard read >= needed else { throw damage }
          layout.place(block, row: row, column: column, band: band, in: &elements)
        }
      }
    }
    let shape: Shape = [layout.bandCount, layout.height, layout.width]
    return unsafe Raster(
      samples: Tensor(shape: shape, elements: elements), fullScale: layout.fullScale,
      colors: layout.colors, opacity: opacity(tiff))
  }

  /// Reads the block that begins at a place; returns its bytes, or -1.
  private static func read(
    _ tiff: OpaquePointer, _ isTiled: Bool, _ row: Int, _ column: Int, _ band: Int,
    into block: inout [UInt8]
  ) -> Int {
    let (row, column, band) = (UInt32(row), UInt32(column), UInt16(band))
    let count = unsafe block.withUnsafeMutableBytes { buffer in
      let size = tmsize_t(buffer.count)
      return unsafe isTiled
        ? TIFFReadEncodedTile(
          tiff, TIFFComputeTile(tiff, column, row, 0, band), buffer.baseAddress, size)
        : TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, row, band), buffer.baseAddress, size)
    }
    return Int(count)
  }

  /// What the first band beside the colors is; nil when it is no opacity.
  private static func opacity(_ tiff: OpaquePointer) -> Raster.Opacity? {
    switch unsafe ctiff_first_extra(tiff) {
    case EXTRASAMPLE_ASSOCALPHA: .multiplied
    case EXTRASAMPLE_UNASSALPHA: .plain
    default: nil
    }
  }

  /// The colors that the library makes of palettes, few bits and further color spaces.
  private static func colors(
    _ tiff: OpaquePointer, width: Int, height: Int
  ) throws(ImageError) -> Raster {
    var message = [CChar](repeating: 0, count: 1024)
    guard unsafe TIFFRGBAImageOK(tiff, &message) != 0 else {
      let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
      throw ImageError(
        .unsupportedFile, "a kind of TIFF that is not read (\(reason)); save it as 8-bit RGB")
    }
    let stored = unsafe ctiff_short(tiff, UInt32(TIFFTAG_ORIENTATION), 1)
    var pixels = [UInt32](repeating: 0, count: width * height)
    let isWhole = unsafe TIFFReadRGBAImageOriented(
      tiff, UInt32(width), UInt32(height), &pixels, CInt(stored), 1)
    guard isWhole != 0 else { throw damage }
    // Red in the lowest byte, then green and blue, which are multiplied by the opacity above them.
    var samples = [UInt8](repeating: 0, count: 3 * pixels.count)
    for (index, pixel) in pixels.enumerated() {
      let white = 255 - pixel >> 24
      for channel in 0..<3 {
        let color = (pixel >> UInt32(8 * channel)) & 255
        samples[3 * index + channel] = UInt8(min(255, color + white))
      }
    }
    return Raster(Picture(width: width, height: height, pixels: samples))
  }

  private static func metadata(_ tiff: OpaquePointer) -> PictureMetadata {
    var metadata = PictureMetadata()
    let orientation = unsafe ctiff_short(tiff, UInt32(TIFFTAG_ORIENTATION), 1)
    metadata.orientation = ExifOrientation(rawValue: Int(orientation)) ?? .upright
    var count: UInt32 = 0
    if let profile = unsafe ctiff_profile(tiff, &count) {
      let bytes = unsafe Array(UnsafeBufferPointer(start: profile, count: Int(count)))
      metadata.profile = ColorProfile(bytes)
    }
    return metadata
  }

  private static var damage: ImageError {
    ImageError(.malformedFile, "the TIFF data are damaged or cut off")
  }
}
