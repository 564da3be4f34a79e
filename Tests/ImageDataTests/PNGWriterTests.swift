import TensorCore
import Testing

@testable import ImageData

struct PNGWriterTests {
  /// Pictures of one color, of noise, of long and short runs, and of all differences.
  enum Contents: CaseIterable {
    case white
    case noise
    case bands
    case slope

    func sample(_ index: Int, _ generator: inout some RandomNumberGenerator) -> UInt8 {
      switch self {
      case .white: 255
      case .noise: UInt8.random(in: 0...255, using: &generator)
      case .bands: UInt8(truncatingIfNeeded: index / 300 * 40)
      case .slope: UInt8(truncatingIfNeeded: index / 3 * index / 700)
      }
    }
  }

  @Test(
    "what is written is read again, sample for sample", arguments: Contents.allCases,
    [(1, 1), (2, 1), (1, 5), (7, 3), (86, 1), (87, 2), (301, 257)])
  func roundTrip(contents: Contents, extents: (width: Int, height: Int)) throws {
    var generator = SplitMix64(seed: 5)
    let picture = Picture(
      width: extents.width, height: extents.height,
      pixels: (0..<3 * extents.width * extents.height).map { contents.sample($0, &generator) })
    #expect(try Picture(decoding: picture.pngBytes()) == picture)
  }

  @Test func `noise grows by less than a hundredth`() throws {
    var generator = SplitMix64(seed: 9)
    let picture = Picture(
      width: 400, height: 300,
      pixels: (0..<360_000).map { Contents.noise.sample($0, &generator) })
    #expect(try picture.pngBytes().count < 363_600)
  }

  @Test func `one color takes less than a byte for a hundred samples`() throws {
    let picture = Picture(
      width: 400, height: 300, pixels: [UInt8](repeating: 255, count: 360_000))
    #expect(try picture.pngBytes().count < 3600)
  }

  @Test("codes are whole, short for what is frequent, and as short as they must be")
  func huffmanCode() {
    let even = HuffmanCode(frequencies: [3, 3, 0, 3, 3], limit: 15)
    #expect(even.lengths == [2, 2, 0, 2, 2])
    #expect(even.bits == [0b00, 0b10, 0, 0b01, 0b11])
    let steep = HuffmanCode(frequencies: [1, 2, 4, 8], limit: 15)
    #expect(steep.lengths == [3, 3, 2, 1])
    // Powers of two make a tree as deep as there are symbols; the limit flattens it.
    let deep = HuffmanCode(frequencies: (0..<30).map { 1 << $0 }, limit: 9)
    #expect(deep.lengths.allSatisfy { (1...9).contains($0) })
    #expect(deep.lengths.reduce(0) { $0 + 1 << (9 - Int($1)) } == 1 << 9)
  }
}
