import Foundation
import ImageData
import TensorCore
import TestSupport
import Testing

struct ResizingTests {
  private let pattern = Picture.pattern(width: 23, height: 17)

  @Test(arguments: [
    (Interpolation.nearest, PillowResults.nearest9x6), (.bilinear, PillowResults.bilinear9x6),
    (.bicubic, PillowResults.bicubic9x6),
  ])
  func `shrinking equals the Python imaging library`(
    interpolation: Interpolation, expected: [UInt8]
  ) {
    let small = pattern.resized(width: 9, height: 6, interpolation: interpolation)
    #expect(small.pixels == expected)
  }

  @Test(arguments: [
    (Interpolation.nearest, PillowResults.nearest31x29EveryFourthRow),
    (.bilinear, PillowResults.bilinear31x29EveryFourthRow),
    (.bicubic, PillowResults.bicubic31x29EveryFourthRow),
  ])
  func `enlarging equals the Python imaging library`(
    interpolation: Interpolation, expected: [UInt8]
  ) {
    let large = pattern.resized(width: 31, height: 29, interpolation: interpolation)
    let rows = stride(from: 0, to: 29, by: 4).flatMap { large.pixels[$0 * 93..<($0 + 1) * 93] }
    #expect(rows == expected)
  }

  @Test func `luma equals the Python imaging library`() {
    let gray = pattern.gray
    let rows = stride(from: 0, to: 17, by: 4).flatMap { row in
      (0..<23).map { gray[row, $0].red }
    }
    #expect(rows == PillowResults.grayEveryFourthRow)
  }

  @Test(arguments: Interpolation.allCases)
  func `a uniform picture stays uniform`(interpolation: Interpolation) {
    let uniform = Picture(width: 7, height: 5, pixels: [UInt8](repeating: 137, count: 105))
    let resized = uniform.resized(width: 3, height: 11, interpolation: interpolation)
    #expect(resized.pixels == [UInt8](repeating: 137, count: 99))
  }

  @Test(arguments: [
    (57, 4, 20, 9), (40, 33, 39, 2), (5, 90, 7, 31), (1, 1, 3, 5), (9, 1, 1, 1), (70, 3, 6, 3),
    (6, 80, 6, 11),
  ])
  func `every sample is a sum of whole weights`(
    width: Int, height: Int, newWidth: Int, newHeight: Int
  ) {
    var generator = SplitMix64(seed: UInt64(width * height))
    let noise = Picture(
      width: width, height: height,
      pixels: (0..<3 * width * height).map { _ in UInt8.random(in: 0...255, using: &generator) })
    for interpolation in [Interpolation.bilinear, .bicubic] {
      let expected = noise.literallyResized(newWidth, newHeight, interpolation)
      let result = noise.resized(
        width: newWidth, height: newHeight, interpolation: interpolation)
      #expect(result == expected)
      let (columns, rows) = (newWidth / 3..<(2 * newWidth + 2) / 3, newHeight / 2..<newHeight)
      let part = noise.resized(
        width: newWidth, height: newHeight, interpolation: interpolation, columns: columns,
        rows: rows)
      #expect(
        part
          == expected.cropped(
            left: columns.lowerBound, top: rows.lowerBound, width: columns.count,
            height: rows.count))
    }
  }

  @Test(arguments: Interpolation.allCases)
  func `the same size changes nothing`(interpolation: Interpolation) {
    #expect(pattern.resized(width: 23, height: 17, interpolation: interpolation) == pattern)
  }
}

struct ImagePreprocessingTests {
  private let pattern = Picture.pattern(width: 6, height: 4)

  @Test func `channels are reordered, centered and scaled`() throws {
    var settings = ImagePreprocessing(
      width: 6, height: 4, channelOrder: .bgr, valueRange: .zeroTo255, mean: [104, 117, 123],
      scale: [1, 2, 4])
    let bgr = try settings.prepare(pattern)
    #expect(bgr.input.shape == [3, 4, 6])
    #expect(bgr.picture == pattern)
    let (red, green, blue) = pattern[2, 5]
    #expect(bgr.input[0, 2, 5] == Float(blue) - 104)
    #expect(bgr.input[1, 2, 5] == (Float(green) - 117) / 2)
    #expect(bgr.input[2, 2, 5] == (Float(red) - 123) / 4)
    settings.channelOrder = .gray
    settings.valueRange = .zeroToOne
    settings.mean = [0.5]
    settings.scale = [0.25]
    let gray = try settings.prepare(pattern)
    #expect(gray.input.shape == [1, 4, 6])
    #expect(gray.picture == pattern.gray)
    let luma = Float(pattern.gray[2, 5].red)
    #expect(abs(gray.input[0, 2, 5] - (luma / 255 - 0.5) / 0.25) < 1e-6)
  }

  @Test func `the center is cropped`() throws {
    let settings = ImagePreprocessing(width: 2, height: 4, shortSide: 4, valueRange: .zeroTo255)
    let prepared = try settings.prepare(pattern)
    #expect(prepared.picture == pattern.cropped(left: 2, top: 0, width: 2, height: 4))
  }

  @Test(arguments: [
    ImagePreprocessing(width: 0, height: 4), ImagePreprocessing(width: 4, height: 99_999),
    ImagePreprocessing(width: 224, height: 224, shortSide: 223),
    ImagePreprocessing(width: 4, height: 4, shortSide: 1_000_000),
    ImagePreprocessing(width: 4, height: 4, mean: [1, 2]),
    ImagePreprocessing(width: 4, height: 4, scale: []),
    ImagePreprocessing(width: 4, height: 4, scale: [0]),
    ImagePreprocessing(width: 4, height: 4, mean: [.nan]),
    ImagePreprocessing(width: 4, height: 4, channelOrder: .gray, mean: [1, 2, 3]),
  ])
  func `settings that contradict themselves are refused`(settings: ImagePreprocessing) {
    let error = #expect(throws: ImageError.self) { try settings.prepare(pattern) }
    #expect(error?.code == .invalidSettings)
  }

  @Test func `a picture that would become absurdly long is refused`() {
    let line = Picture(width: 100_000, height: 1, pixels: [UInt8](repeating: 0, count: 300_000))
    let settings = ImagePreprocessing(width: 224, height: 224, shortSide: 256)
    let error = #expect(throws: ImageError.self) { try settings.prepare(line) }
    #expect(error?.code == .tooLarge)
  }

  @Test func `settings survive encoding`() throws {
    let settings = ImagePreprocessing(
      width: 224, height: 192, shortSide: 256, interpolation: .bilinear, channelOrder: .bgr,
      valueRange: .zeroTo255, mean: [127], scale: [128])
    let data = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(ImagePreprocessing.self, from: data) == settings)
  }

  @Test(.needsShared("data/images-cc0"))
  func `photographs are prepared as the Python imaging library does`() throws {
    let chelsea = try Picture(reading: #require(SharedData.path("data/images-cc0/chelsea.png")))
    let seen = try ImagePreprocessing(width: 224, height: 224, shortSide: 256).prepare(chelsea)
      .picture
    #expect(largestDifference(every(32, of: seen), PillowResults.chelsea) == 0)
    let rocket = try Picture(reading: #require(SharedData.path("data/images-cc0/rocket.jpg")))
    let squashed = try ImagePreprocessing(width: 96, height: 96, interpolation: .bilinear)
      .prepare(rocket).picture
    // JPEG decoders may differ by rounding.
    #expect(largestDifference(every(12, of: squashed), PillowResults.rocket) <= 1)
  }

  private func every(_ step: Int, of picture: Picture) -> [UInt8] {
    stride(from: 0, to: picture.height, by: step).flatMap { row in
      stride(from: 0, to: picture.width, by: step).flatMap { column in
        let pixel = picture[row, column]
        return [pixel.red, pixel.green, pixel.blue]
      }
    }
  }
}
