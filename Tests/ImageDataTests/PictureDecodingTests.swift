import Foundation
import Testing

@testable import ImageData

struct PictureDecodingTests {
  private func settings(
    _ decoding: PictureDecoding, width: Int = 128, height: Int = 128, shortSide: Int? = nil
  ) -> ImagePreprocessing {
    var settings = ImagePreprocessing(
      width: width, height: height, shortSide: shortSide, interpolation: .bilinear)
    settings.decoding = decoding
    return settings
  }

  /// Waves of several lengths, as smooth as a photograph out of focus.
  private func waves(width: Int, height: Int) -> Picture {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<3 {
          let (u, v) = (Double(x) / Double(width), Double(y) / Double(height))
          let wave = sin(9 * u + 4 * Double(c)) + cos(7 * v - u * 5) + 0.5 * sin(31 * u * v)
          pixels.append(UInt8(127 + 50 * wave))
        }
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  @Test(arguments: [
    (4000, 3000, 8), (2048, 2048, 8), (2047, 4000, 4), (1024, 1024, 4), (1024, 768, 2),
    (512, 512, 2), (512, 511, 1), (100, 100, 1), (30_000, 300, 1),
  ])
  func `twice the size that is needed is left`(width: Int, height: Int, divisor: Int) {
    #expect(settings(.scaled).decodingDivisor(width: width, height: height) == divisor)
    #expect(settings(.whole).decodingDivisor(width: width, height: height) == 1)
  }

  @Test func `what is needed counts cropping and padding`() {
    let cropped = settings(.scaled, shortSide: 256)
    #expect(cropped.decodingDivisor(width: 2048, height: 1024) == 2)
    var padded = settings(.scaled)
    padded.padding = 114
    #expect(padded.decodingDivisor(width: 2048, height: 1024) == 8)
  }

  @Test(arguments: [(1024, 1024), (1030, 771), (1031, 2500)])
  func `pictures for the network stay nearly the same`(width: Int, height: Int) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = try waves(width: width, height: height).jpegBytes(quality: 95)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let seen = try PictureDecoding.allCases.map { decoding in
      let settings = settings(decoding)
      return try settings.prepare(PictureFile(reading: path, for: settings).picture())
    }
    let scaled = try PictureFile(reading: path, for: settings(.scaled)).picture()
    #expect(scaled.width <= (width + 1) / 2 && scaled.width >= 256 && scaled.height >= 256)
    let difference = largestDifference(seen[0].picture.pixels, seen[1].picture.pixels)
    #expect(difference > 0 && difference <= 4)
  }

  @Test func `a picture that was turned is measured upright`() throws {
    let settings = settings(.scaled, width: 4, height: 8)
    #expect(settings.decodingDivisor(width: 8, height: 16) == 1)
    #expect(settings.decodingDivisor(width: 16, height: 32) == 2)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let plain = try waves(width: 32, height: 16).jpegBytes(quality: 95)
    let turned = plain.prefix(2) + Exif.quarterTurn + plain.dropFirst(2)
    for (bytes, size) in [(plain, (32, 16)), (Array(turned), (8, 16))] {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let picture = try PictureFile(reading: path, for: settings).picture()
      #expect((picture.width, picture.height) == size)
    }
  }
}
