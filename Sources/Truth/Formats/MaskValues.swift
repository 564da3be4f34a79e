import Foundation
import ImageData

/// The values of the pixels of a mask.
struct MaskValues {
  let size: PictureSize

  /// One value for each pixel, row by row: how light it is, or its number in the palette.
  let values: [UInt8]

  /// Reads a PNG file.
  ///
  /// - Throws: `TruthError` when it is none, or its pixels are colors.
  init(reading path: String) throws(TruthError) {
    let bytes = try TruthSource.contents(path)
    let picture: Picture
    do {
      picture = try Picture(decoding: bytes)
    } catch {
      throw TruthError(.malformedFile, "\(path): \(error.description)")
    }
    size = PictureSize(width: picture.width, height: picture.height)
    let palette = Self.palette(bytes)
    var values: [UInt8] = []
    values.reserveCapacity(picture.width * picture.height)
    for place in stride(from: 0, to: picture.pixels.count, by: 3) {
      let (red, green, blue) = (
        picture.pixels[place], picture.pixels[place + 1], picture.pixels[place + 2]
      )
      if palette.isEmpty, red == green, green == blue {
        values.append(red)
      } else if let index = palette[Self.key([red, green, blue])] {
        values.append(index)
      } else {
        throw TruthError(
          .malformedFile,
          "\(path): has colors (such as \(red), \(green), \(blue)); a mask is gray or has a palette"
        )
      }
    }
    self.values = values
  }

  /// A color as one number.
  private static func key(_ color: some Sequence<UInt8>) -> Int {
    color.reduce(0) { $0 << 8 | Int($1) }
  }

  /// The numbers of the colors of a PNG file with a palette; the first of equal ones.
  private static func palette(_ bytes: [UInt8]) -> [Int: UInt8] {
    guard bytes.count > 33, bytes[25] == 3 else { return [:] }
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard place + 12 + length <= bytes.count else { return [:] }
      if bytes[place + 4..<place + 8].elementsEqual("PLTE".utf8) {
        let colors = stride(from: place + 8, to: place + 8 + length - 2, by: 3)
        let pairs = colors.enumerated().prefix(256).map {
          (key(bytes[$1..<$1 + 3]), UInt8(truncatingIfNeeded: $0))
        }
        return Dictionary(pairs) { first, _ in first }
      }
      place += 12 + length
    }
    return [:]
  }
}
