/// How the samples of a TIFF picture are stored.
struct TIFFLayout: Equatable {
  /// What the bits of a sample are.
  enum SampleKind: Equatable {
    /// Whole numbers from zero.
    case unsigned
    /// Whole numbers of either sign.
    case signed
    /// IEEE floating-point numbers.
    case floating
  }

  /// Columns.
  var width: Int

  /// Rows.
  var height: Int

  /// Samples of a pixel.
  var bandCount: Int

  /// Bits of a sample.
  var bits: Int

  /// What they are.
  var kind: SampleKind

  /// What the first bands mean when they are looked at.
  var colors: Raster.Colors

  /// Whether each band is stored by itself.
  var isPlanar: Bool

  /// Columns of a block: of a tile, or of the picture.
  var blockWidth: Int

  /// Rows of a block: of a tile, or of a strip.
  var blockHeight: Int

  /// Bytes of a sample.
  var byteCount: Int { bits / 8 }

  /// The bands that lie together in a block.
  var blockBands: Int { isPlanar ? 1 : bandCount }

  /// The sample of white; nil where numbers have no such bound.
  var fullScale: Float? {
    guard kind == .unsigned, bits <= 16 else { return nil }
    return Float(1 << bits - 1)
  }

  /// Whether samples are numbers of whole bytes, which are read as they are.
  var hasPlainSamples: Bool {
    switch kind {
    case .unsigned, .signed: [8, 16, 32].contains(bits)
    case .floating: [32, 64].contains(bits)
    }
  }

  /// Copies the samples of a block to their places.
  ///
  /// - Parameters:
  ///   - bytes: The block: rows, columns, bands, with the lowest byte of a sample first.
  ///   - row: The first row of the block.
  ///   - column: Its first column.
  ///   - band: Its first band.
  ///   - samples: The picture, `[bands, rows, columns]`.
  func place(
    _ bytes: [UInt8], row: Int, column: Int, band: Int, in samples: inout [Float]
  ) {
    let columns = min(blockWidth, width - column)
    for blockRow in 0..<min(blockHeight, height - row) {
      var offset = blockRow * blockWidth * blockBands * byteCount
      for blockColumn in 0..<columns {
        var target = (band * height + row + blockRow) * width + column + blockColumn
        for _ in 0..<blockBands {
          samples[target] = sample(bytes, offset)
          target += width * height
          offset += byteCount
        }
      }
    }
  }

  private func sample(_ bytes: [UInt8], _ offset: Int) -> Float {
    if bits == 8 {
      return kind == .signed ? Float(Int8(bitPattern: bytes[offset])) : Float(bytes[offset])
    }
    var pattern: UInt64 = 0
    for index in 0..<byteCount { pattern |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    switch (kind, bits) {
    case (.unsigned, _): return Float(pattern)
    case (.signed, 16): return Float(Int16(bitPattern: UInt16(pattern)))
    case (.signed, _): return Float(Int32(bitPattern: UInt32(pattern)))
    case (.floating, 64): return Float(Double(bitPattern: pattern))
    case (.floating, _): return Float(bitPattern: UInt32(pattern))
    }
  }
}
