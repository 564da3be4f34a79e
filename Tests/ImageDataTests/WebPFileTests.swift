import Testing

@testable import ImageData

struct WebPFileTests {
  private let pattern = Picture.pattern(width: 5, height: 4)

  @Test func `lossless, transparent and lossy pictures are read`() throws {
    #expect(try Picture(decoding: WebPFiles.lossless) == pattern)
    let expected = (0..<60).map { index -> UInt8 in
      let alpha = Double(index / 3 * 13) / 255
      return UInt8((alpha * Double(pattern.pixels[index]) + (1 - alpha) * 255).rounded())
    }
    #expect(try Picture(decoding: WebPFiles.transparent).pixels == expected)
    let halves = try Picture(decoding: WebPFiles.lossy)
    #expect(halves[0, 0] == (200, 30, 39) && halves[15, 15] == (20, 90, 221))
  }

  @Test func `orientations of WebP and PNG files are applied`() throws {
    let expected = pattern.upright(from: .quarterTurn)
    #expect(try Picture(decoding: WebPFiles.turned) == expected)
    #expect(try Picture(decoding: WebPFiles.turnedPNG) == expected)
  }

  @Test func `a picture that moves is refused`() {
    let error = #expect(throws: ImageError.self) { try Picture(decoding: WebPFiles.animated) }
    #expect(error?.code == .unsupportedFile)
    #expect(error?.description.contains("animated") == true)
  }

  @Test func `profiles other than sRGB are ignored with a note`() throws {
    let named = try PictureFile(WebPFiles.profiledJPEG).notes
    #expect(named.count == 1 && named[0].contains("(XYZ identity built-in) is not applied"))
    let compressed = try PictureFile(WebPFiles.profiledPNG)
    #expect(compressed.notes.count == 1 && compressed.notes[0].contains("is not applied"))
    #expect(try compressed.picture() == pattern)
    #expect(try PictureFile(WebPFiles.usualWebP).notes.isEmpty)
    #expect(try PictureFile(WebPFiles.lossless).notes.isEmpty)
  }

  @Test(arguments: [WebPFiles.lossless, WebPFiles.lossy, WebPFiles.transparent])
  func `a file cut off before its end is refused`(bytes: [UInt8]) {
    // A last byte may be padding.
    for count in 0..<(bytes.count - 2) {
      #expect(throws: ImageError.self, "\(count) bytes") {
        try Picture(decoding: Array(bytes.prefix(count)))
      }
    }
  }

  @Test func `damaged files are decoded or refused, never worse`() {
    var generator = SplitMix(state: 5)
    var refused = 0
    let files = [
      WebPFiles.lossless, WebPFiles.lossy, WebPFiles.transparent, WebPFiles.turned,
      WebPFiles.profiledJPEG, WebPFiles.turnedPNG,
    ]
    for _ in 0..<300 {
      for bytes in files where (try? Picture(decoding: generator.damaged(bytes))) == nil {
        refused += 1
      }
    }
    #expect(refused > 300)
  }
}
