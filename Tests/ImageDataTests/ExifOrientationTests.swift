import Testing

@testable import ImageData

/// A picture of two rows and three columns whose red samples are its pixels' names.
private func named(_ rows: [[UInt8]]) -> Picture {
  Picture(
    width: rows[0].count, height: rows.count, pixels: rows.joined().flatMap { [$0, 0, 0] })
}

/// The payload of an APP1 segment with one unrelated tag and the orientation.
private func segment(orientation: UInt8, isLittleEndian: Bool) -> [UInt8] {
  func short(_ value: UInt8) -> [UInt8] { isLittleEndian ? [value, 0] : [0, value] }
  func long(_ value: UInt8) -> [UInt8] {
    isLittleEndian ? [value, 0, 0, 0] : [0, 0, 0, value]
  }
  let header = Array((isLittleEndian ? "II*\0" : "MM\0*").utf8) + long(8)
  let tag: [UInt8] = isLittleEndian ? [0x12, 0x01] : [0x01, 0x12]
  let unrelated: [UInt8] = isLittleEndian ? [0x00, 0x01] : [0x01, 0x00]
  let first = unrelated + short(3) + long(1) + short(3) + short(0)
  return header + short(2) + first + tag + short(3) + long(1) + short(orientation) + short(0)
    + long(0)
}

struct ExifOrientationTests {
  private static let shown: [Int: [[UInt8]]] = [
    1: [[1, 2, 3], [4, 5, 6]],
    2: [[3, 2, 1], [6, 5, 4]],
    3: [[6, 5, 4], [3, 2, 1]],
    4: [[4, 5, 6], [1, 2, 3]],
    5: [[1, 4], [2, 5], [3, 6]],
    6: [[4, 1], [5, 2], [6, 3]],
    7: [[6, 3], [5, 2], [4, 1]],
    8: [[3, 6], [2, 5], [1, 4]],
  ]

  @Test(arguments: ExifOrientation.allCases)
  func `each orientation turns the stored pixels as the standard says`(
    orientation: ExifOrientation
  ) throws {
    let stored = named([[1, 2, 3], [4, 5, 6]])
    let expected = try #require(Self.shown[orientation.rawValue])
    #expect(stored.upright(from: orientation) == named(expected))
  }

  @Test(arguments: 1...8, [false, true])
  func `the tag is found in both byte orders`(value: Int, isLittleEndian: Bool) {
    let bytes = segment(orientation: UInt8(value), isLittleEndian: isLittleEndian)
    #expect(ExifOrientation(structure: bytes[...])?.rawValue == value)
  }

  @Test(arguments: [0, 9, 255])
  func `values outside one to eight are no orientation`(value: Int) {
    let bytes = segment(orientation: UInt8(value), isLittleEndian: true)
    #expect(ExifOrientation(structure: bytes[...]) == nil)
  }

  @Test func `a segment cut off anywhere before the value gives none`() {
    let bytes = segment(orientation: 6, isLittleEndian: false)
    for count in 0..<(bytes.count - 6) {
      #expect(ExifOrientation(structure: bytes[..<count]) == nil)
    }
  }

  @Test func `a file marked for a quarter turn stands upright when read`() throws {
    let plain = try Picture(decoding: PictureFiles.jpeg)
    let turned = try Picture(decoding: PictureFiles.exif6)
    #expect(turned.width == plain.height && turned.height == plain.width)
    // Stored left becomes the top: red above, blue below.
    #expect(turned == plain.upright(from: .quarterTurn))
    #expect(turned[0, 0].red > 190 && turned[15, 0].blue > 210)
  }
}
