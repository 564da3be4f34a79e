import Foundation
import TensorCore
import Testing

@testable import ImageData

struct PicturePlacementTests {
  /// Settings of each way to bring a picture to the network: stretched, cut, padded, enlarged.
  private static let settings: [ImagePreprocessing] = {
    var padded = ImagePreprocessing(width: 29, height: 17, interpolation: .nearest)
    padded.padding = 9
    var paddedHigh = ImagePreprocessing(width: 12, height: 31, interpolation: .nearest)
    paddedHigh.padding = 9
    return [
      ImagePreprocessing(width: 20, height: 14, interpolation: .nearest),
      ImagePreprocessing(width: 90, height: 70, interpolation: .nearest),
      ImagePreprocessing(width: 16, height: 16, shortSide: 19, interpolation: .nearest),
      ImagePreprocessing(width: 13, height: 20, shortSide: 21, interpolation: .nearest),
      padded, paddedHigh,
    ]
  }()

  /// A box of whole pixels in black on a white picture, as a mask.
  private func mask(_ box: (Int, Int, Int, Int), width: Int, height: Int) -> PictureMask {
    let isInside = (0..<width * height).map { index in
      (box.0..<box.2).contains(index % width) && (box.1..<box.3).contains(index / width)
    }
    return PictureMask(width: width, height: height, isInside: isInside)
  }

  @Test(arguments: settings, [(40, 33), (33, 40), (57, 21)])
  func `boxes, masks and pictures come to the same positions`(
    settings: ImagePreprocessing, size: (Int, Int)
  ) throws {
    var generator = SplitMix64(seed: UInt64(settings.width * size.0))
    let placement = try settings.placement(width: size.0, height: size.1)
    for _ in 0..<20 {
      let x = [0, 0].map { _ in Int.random(in: 0...size.0, using: &generator) }.sorted()
      let y = [0, 0].map { _ in Int.random(in: 0...size.1, using: &generator) }.sorted()
      let mask = mask((x[0], y[0], x[1], y[1]), width: size.0, height: size.1)
      let picture = Picture(
        width: size.0, height: size.1, pixels: mask.isInside.flatMap { [$0 ? 255 : 0, 0, 0] })
      let seen = try settings.prepare(picture).picture
      let drawn = stride(from: 0, to: seen.pixels.count, by: 3).map { seen.pixels[$0] == 255 }
      #expect(placement.positions(in: mask) == drawn)
      let box = PictureBox(
        left: Double(x[0]), top: Double(y[0]), right: Double(x[1]), bottom: Double(y[1]))
      #expect(placement.positions(in: box) == drawn)
    }
  }

  @Test func `a box is cut where the network does not look`() throws {
    // 40 × 20 becomes 16 × 8, of which columns 4 to 12 are kept: pixels 10 to 30.
    let settings = ImagePreprocessing(width: 8, height: 8, shortSide: 8)
    let placement = try settings.placement(width: 40, height: 20)
    #expect(placement.view == PictureBox(left: 10, top: 0, right: 30, bottom: 20))
    let box = PictureBox(left: 5, top: 5, right: 15, bottom: 10)
    #expect(placement.placed(box) == PictureBox(left: 0, top: 2, right: 2, bottom: 4))
    #expect(placement.shownShare(of: box) == 0.5)
    #expect(placement.shownShare(of: mask((5, 5, 15, 10), width: 40, height: 20)) == 0.5)
    let beside = PictureBox(left: 0, top: 0, right: 10, bottom: 20)
    #expect(placement.placed(beside) == nil)
    #expect(placement.shownShare(of: beside) == 0)
    #expect(placement.positions(in: beside) == Array(repeating: false, count: 64))
    let inside = (0..<64).map { (2..<4).contains($0 / 8) && $0 % 8 < 2 }
    #expect(placement.positions(in: box) == inside)
    let point = placement.point(x: 20, y: 20)
    #expect(point.x == 4 && point.y == 8)
  }

  @Test func `padding belongs to nothing`() throws {
    // 40 × 20 becomes 8 × 4 in the middle of 8 × 8.
    var settings = ImagePreprocessing(width: 8, height: 8)
    settings.padding = 0
    let placement = try settings.placement(width: 40, height: 20)
    #expect((placement.left, placement.top) == (0, -2))
    let all = PictureBox(left: -100, top: -100, right: 100, bottom: 100)
    let inside = (0..<64).map { (2..<6).contains($0 / 8) }
    #expect(placement.positions(in: all) == inside)
    #expect(
      placement.placed(PictureBox(left: 0, top: 0, right: 40, bottom: 20))
        == PictureBox(left: 0, top: 2, right: 8, bottom: 6))
    #expect(placement.shownShare(of: PictureBox(left: 0, top: 0, right: 40, bottom: 20)) == 1)
  }

  @Test func `a box between pixels has the positions whose middle it holds`() throws {
    let placement = try ImagePreprocessing(width: 4, height: 4).placement(width: 8, height: 8)
    // The middles lie at 1, 3, 5 and 7.
    let box = PictureBox(left: 0.9, top: 3, right: 5, bottom: 7.5)
    let inside = (0..<16).map { (1..<4).contains($0 / 4) && $0 % 4 < 2 }
    #expect(placement.positions(in: box) == inside)
  }

  @Test func `a picture that would become absurdly long has no placement`() throws {
    let settings = ImagePreprocessing(width: 224, height: 224, shortSide: 256)
    let error = #expect(throws: ImageError.self) {
      try settings.placement(width: 100_000, height: 1)
    }
    #expect(error?.code == .tooLarge)
    let wrong = #expect(throws: ImageError.self) {
      try ImagePreprocessing(width: 0, height: 4).placement(width: 4, height: 4)
    }
    #expect(wrong?.code == .invalidSettings)
  }

  @Test(arguments: [false, true])
  func `boxes are those of the whole picture as it is displayed`(isTurned: Bool) throws {
    // Stored 480 × 240; what is seen in rows 0 to 120 and columns 0 to 60 is dark.
    let (width, height) = (480, 240)
    var settings = ImagePreprocessing(width: 20, height: 20, interpolation: .bilinear)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let pixels = (0..<width * height).flatMap { index in
      let (row, column) = (index / width, index % width)
      let isDark = isTurned ? column < 120 && row >= height - 60 : row < 120 && column < 60
      return [UInt8](repeating: isDark ? 20 : 230, count: 3)
    }
    let plain = try Picture(width: width, height: height, pixels: pixels).jpegBytes(quality: 98)
    let bytes = isTurned ? plain.prefix(2) + Exif.quarterTurn + plain.dropFirst(2) : plain[...]
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    for decoding in PictureDecoding.allCases {
      settings.decoding = decoding
      let file = try PictureFile(reading: path, for: settings)
      let placement = try file.placement(settings)
      #expect(placement.pictureWidth == (isTurned ? height : width))
      let picture = try file.picture()
      #expect(decoding == .whole || picture.width < placement.pictureWidth)
      let seen = try settings.prepare(picture).picture
      let isDark = stride(from: 0, to: seen.pixels.count, by: 3).map { seen.pixels[$0] < 125 }
      let box = PictureBox(left: 0, top: 0, right: 60, bottom: 120)
      #expect(placement.positions(in: box) == isDark)
    }
  }
}
