import TensorCore
import Testing

@testable import ImageData

struct TIFFFileTests {
  private let pattern = Picture.pattern(width: 5, height: 4)

  /// Samples of `100 band + 10 row + column`, transformed.
  private func ramp(
    _ shape: [Int], _ transform: (Float) -> Float = { $0 }
  ) -> Tensor {
    var elements: [Float] = []
    for band in 0..<shape[0] {
      for row in 0..<shape[1] {
        for column in 0..<shape[2] {
          elements.append(transform(Float(100 * band + 10 * row + column)))
        }
      }
    }
    return Tensor(shape: Shape(shape), elements: elements)
  }

  /// The red samples of the pattern in all three channels.
  private var grayPixels: [UInt8] {
    stride(from: 0, to: 60, by: 3).flatMap { Array(repeating: pattern.pixels[$0], count: 3) }
  }

  @Test(arguments: [
    TIFFFiles.rgbLZW, TIFFFiles.rgbBigEndian, TIFFFiles.bigTIFF, TIFFFiles.rgb16Planar,
    TIFFFiles.nearInfrared,
  ])
  func `colors are read whatever their order, depth and compression`(bytes: [UInt8]) throws {
    #expect(try Picture(decoding: bytes) == pattern)
  }

  @Test(arguments: [TIFFFiles.gray16, TIFFFiles.whiteIsZero, TIFFFiles.unitFloat])
  func `gray of any kind becomes equal channels`(bytes: [UInt8]) throws {
    #expect(try Picture(decoding: bytes).pixels == grayPixels)
  }

  @Test func `palettes, single bits, inks and JPEG inside are made colors by the library`() throws {
    let palette = try Picture(decoding: TIFFFiles.palette)
    #expect(palette.width == 5 && palette.height == 4)
    #expect(
      try Picture(decoding: TIFFFiles.bilevel).pixels == grayPixels.map { $0 > 127 ? 255 : 0 })
    let inks = try Picture(decoding: TIFFFiles.cmyk)[3, 4]
    // (255 - 40) (255 - 30) / 255 and so on.
    #expect(largestDifference([inks.red, inks.green, inks.blue], [190, 154, 119]) <= 1)
    let picture = try Picture(decoding: TIFFFiles.jpegInside)
    #expect(picture[0, 0] == (200, 30, 40) && picture[15, 15] == (20, 90, 220))
  }

  @Test func `an opacity lays colors on white, another fourth band does not`() throws {
    let expected = (0..<60).map { index -> UInt8 in
      let alpha = Double(index / 3 * 13) / 255
      return UInt8((alpha * Double(pattern.pixels[index]) + (1 - alpha) * 255).rounded())
    }
    let pixels = try Picture(decoding: TIFFFiles.opacity).pixels
    #expect(largestDifference(pixels, expected) <= 1)
    let raster = try PictureFile(TIFFFiles.nearInfrared).raster
    #expect(raster.bandCount == 4 && raster.fullScale == 255)
    #expect(Array(raster.samples.elements[60...]) == Array(raster.samples.elements[..<20]))
  }

  @Test func `bands of any number keep the numbers of the file`() throws {
    let tiles = try PictureFile(TIFFFiles.floatTiles).raster
    #expect(tiles.samples == ramp([6, 18, 20]) { $0 / 8 } && tiles.fullScale == nil)
    let chunky = try PictureFile(TIFFFiles.bands16Chunky).raster
    #expect(chunky.samples == ramp([13, 4, 5]) && chunky.fullScale == 65_535)
    let signed = try PictureFile(TIFFFiles.signed16).raster
    #expect(signed.samples == ramp([1, 4, 5]) { $0 - 20 } && signed.fullScale == nil)
  }

  @Test func `what no picture can be made of is refused with the reason`() {
    for (bytes, part) in [
      (TIFFFiles.bands16Chunky, "13 bands"), (TIFFFiles.floatTiles, "6 bands"),
      (TIFFFiles.signed16, "-20.0 lies outside of 0…1"),
    ] {
      let error = #expect(throws: ImageError.self) { try Picture(decoding: bytes) }
      #expect(error?.code == .unsupportedFile)
      #expect(error?.description.contains(part) == true)
    }
  }

  @Test func `the orientation turns picture and numbers`() throws {
    let expected = pattern.upright(from: .quarterTurn)
    #expect(try Picture(decoding: TIFFFiles.turned) == expected)
    #expect(try PictureFile(TIFFFiles.turned).raster.samples == Raster(expected).samples)
  }

  @Test(arguments: [
    TIFFFiles.rgbLZW, TIFFFiles.rgb16Planar, TIFFFiles.bands16Chunky, TIFFFiles.floatTiles,
    TIFFFiles.jpegInside, TIFFFiles.bilevel, TIFFFiles.bigTIFF, TIFFFiles.palette,
  ])
  func `a file cut off anywhere is refused`(bytes: [UInt8]) throws {
    let whole = try PictureFile(bytes).raster
    let wrong = (0..<bytes.count).filter { count in
      guard let file = try? PictureFile(Array(bytes.prefix(count))) else { return false }
      // What is cut off may be nothing that samples need.
      return file.raster != whole
    }
    #expect(wrong.isEmpty, "of \(bytes.count) bytes")
  }

  @Test func `damaged files are decoded or refused, never worse`() {
    var generator = SplitMix(state: 11)
    var refused = 0
    let files = [
      TIFFFiles.rgbLZW, TIFFFiles.rgb16Planar, TIFFFiles.bands16Chunky, TIFFFiles.opacity,
      TIFFFiles.jpegInside, TIFFFiles.bilevel, TIFFFiles.bigTIFF, TIFFFiles.cmyk,
    ]
    for _ in 0..<250 {
      for bytes in files where (try? PictureFile(generator.damaged(bytes))) == nil { refused += 1 }
    }
    #expect(refused > 400)
  }

  @Test func `a declared size beyond the limit is refused before memory is taken`() throws {
    // Width and height are the first two fields: 12 bytes each behind the count of fields.
    var bytes = TIFFFiles.rgbLZW
    let directory = Int(bytes[4])
    for field in 0..<8 where bytes[directory + 2 + 12 * field + 1] == 1 {
      let entry = directory + 2 + 12 * field
      guard bytes[entry] == 0 || bytes[entry] == 1 else { continue }
      bytes.replaceSubrange(entry + 2..<entry + 4, with: [4, 0])
      bytes.replaceSubrange(entry + 8..<entry + 12, with: [0x60, 0xEA, 0, 0])
    }
    let error = #expect(throws: ImageError.self) { try Picture(decoding: bytes) }
    #expect(error?.code == .tooLarge)
    #expect(error?.description.contains("60000×60000") == true)
  }
}
