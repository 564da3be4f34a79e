import Foundation
import Testing

@testable import ImageData

struct PictureFileTests {
  private let pattern = Picture.pattern(width: 5, height: 4)

  private func temporaryPath(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)")
      .path
  }

  private func error(decoding bytes: [UInt8]) -> ImageError? {
    #expect(throws: ImageError.self) { try Picture(decoding: bytes) }
  }

  @Test func `gray files of one, eight and sixteen bits become equal channels`() throws {
    let red = stride(from: 0, to: 60, by: 3).map { pattern.pixels[$0] }
    let expected = red.flatMap { [$0, $0, $0] }
    #expect(try Picture(decoding: PictureFiles.gray8).pixels == expected)
    #expect(try Picture(decoding: PictureFiles.gray16).pixels == expected)
    let bits = expected.map { $0 > 127 ? UInt8(255) : 0 }
    #expect(try Picture(decoding: PictureFiles.gray1).pixels == bits)
  }

  @Test func `sixteen bit color is reduced to its high bytes`() throws {
    #expect(try Picture(decoding: PictureFiles.rgb16) == pattern)
  }

  @Test func `palettes are looked up and transparent entries lie on white`() throws {
    #expect(try Picture(decoding: PictureFiles.palette).pixels == PictureFiles.palettePixels)
    #expect(
      try Picture(decoding: PictureFiles.paletteTransparent).pixels
        == PictureFiles.paletteTransparentPixels)
  }

  @Test func `alpha is composited on white`() throws {
    let expected = (0..<60).map { index -> UInt8 in
      let alpha = Double(index / 3 * 13) / 255
      let value = alpha * Double(pattern.pixels[index]) + (1 - alpha) * 255
      return UInt8(value.rounded())
    }
    #expect(try Picture(decoding: PictureFiles.rgba).pixels == expected)
  }

  @Test func `gray and color JPEG files are read`() throws {
    let color = try Picture(decoding: PictureFiles.jpeg)
    #expect(color[0, 0] == (200, 30, 39) && color[0, 15] == (20, 90, 220))
    let gray = try Picture(decoding: PictureFiles.jpegGray)
    #expect(gray == gray.gray && abs(Int(gray[0, 0].red) - 200) <= 2)
  }

  @Test func `inks become light`() throws {
    let color = try Picture(decoding: PictureFiles.cmyk)[3, 3]
    // (255 - 40) (255 - 30) / 255 and so on.
    #expect(color == (190, 154, 119))
  }

  @Test func `the content decides, not the name`() throws {
    let path = temporaryPath("picture.png")
    try Data(PictureFiles.jpeg).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Picture(reading: path).width == 16)
  }

  @Test func `a written picture is read back unchanged and replaces the old file`() throws {
    let path = temporaryPath("round-trip.png")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Picture.pattern(width: 300, height: 2).writePNG(to: path)
    let picture = Picture.pattern(width: 97, height: 53)
    try picture.writePNG(to: path)
    #expect(try Picture(reading: path) == picture)
    #expect(try picture.pngBytes() == picture.pngBytes())
  }

  @Test func `samples that do not compress still fit`() throws {
    var generator = SystemRandomNumberGenerator()
    let pixels = (0..<3 * 400 * 300).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let noise = Picture(width: 400, height: 300, pixels: pixels)
    let bytes = try noise.pngBytes()
    #expect(try Picture(decoding: bytes) == noise)
    #expect(bytes.count < noise.pixels.count * 102 / 100)
  }

  @Test(arguments: [(1, 1), (1, 700), (700, 1), (2, 2), (640, 480)])
  func `flat, striped and patterned pictures of all sizes survive`(width: Int, height: Int) throws {
    let count = 3 * width * height
    let flat = Picture(width: width, height: height, pixels: [UInt8](repeating: 255, count: count))
    let striped = Picture(
      width: width, height: height, pixels: (0..<count).map { $0 / 900 % 2 == 0 ? 255 : 17 })
    // One byte value in half of all places, the next in a quarter, …: the longest code words.
    let skewed = Picture(
      width: width, height: height,
      pixels: (0..<count).map { UInt8(($0 + 1).trailingZeroBitCount * 31 % 256) })
    for picture in [flat, striped, skewed, .pattern(width: width, height: height)] {
      #expect(try Picture(decoding: picture.pngBytes()) == picture)
    }
  }

  @Test func `a declared size beyond the limit is refused`() throws {
    let png = error(decoding: PictureFiles.huge)
    #expect(png?.code == .tooLarge && png?.description.contains("60000×60000") == true)
    var jpeg = PictureFiles.jpeg
    let frame = try #require(jpeg.indices.first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xF0, 0, 0xF0, 0])
    #expect(error(decoding: jpeg)?.code == .tooLarge)
  }

  @Test(arguments: [PictureFiles.rgba, PictureFiles.jpeg, PictureFiles.palette])
  func `a file cut off before its end is refused`(bytes: [UInt8]) throws {
    // The last chunk of a PNG file and the end marker of a JPEG file carry no samples.
    for count in 0..<(bytes.count - 16) {
      #expect(error(decoding: Array(bytes.prefix(count))) != nil, "\(count) bytes")
    }
  }

  @Test func `damaged files are decoded or refused, never worse`() {
    var generator = SplitMix(state: 7)
    var refused = 0
    let files = [
      PictureFiles.rgba, PictureFiles.jpeg, PictureFiles.palette, PictureFiles.gray16,
      PictureFiles.cmyk, PictureFiles.exif6,
    ]
    for _ in 0..<300 {
      for bytes in files where (try? Picture(decoding: generator.damaged(bytes))) == nil {
        refused += 1
      }
    }
    #expect(refused > 300)
  }

  @Test func `errors name the file and the problem`() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let text = temporaryPath("text.png")
    try Data("hello".utf8).write(to: URL(fileURLWithPath: text))
    defer { try? FileManager.default.removeItem(atPath: text) }
    let cases: [(String, ImageError.Code, String)] = [
      (text, .unknownFormat, "is no PNG, JPEG, TIFF or WebP"),
      ("/nonexistent/a.png", .unreadable, "no such file"), (folder, .unreadable, "not a regular"),
      ("/dev/zero", .unreadable, "not a regular"),
    ]
    for (path, code, part) in cases {
      let error = #expect(throws: ImageError.self) { try Picture(reading: path) }
      #expect(error?.code == code)
      #expect(error?.description.hasPrefix(path) == true)
      #expect(error?.description.contains(part) == true)
    }
    let unwritable = #expect(throws: ImageError.self) {
      try pattern.writePNG(to: "/nonexistent/a.png")
    }
    #expect(unwritable?.code == .unwritable)
    #expect(error(decoding: [])?.code == .malformedFile)
  }
}
