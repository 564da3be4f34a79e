import Foundation
import GraphExecution
import Testing

struct NarrowNumbersTests {
  @Test func `numbers are rounded to the nearest, ties to even`() {
    let halves: [(Float, UInt16)] = [
      (1, 0x3F80), (Float(bitPattern: 0x3F80_8000), 0x3F80),
      (Float(bitPattern: 0x3F81_8000), 0x3F82),
      (Float(bitPattern: 0x3F80_8001), 0x3F81), (-2.5, 0xC020), (0, 0), (-0.0, 0x8000),
      (.infinity, 0x7F80), (-.infinity, 0xFF80), (.greatestFiniteMagnitude, 0x7F80),
      (Float(bitPattern: 0x0000_8001), 1),
    ]
    var numbers: [Float] = []
    for (number, bits) in halves {
      let bytes = NarrowNumbers.bytes(of: [number])
      #expect(bytes.map { $0 } == [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)], "\(number)")
      NarrowNumbers.append(0..<1, of: bytes, to: &numbers)
    }
    #expect(numbers.map(\.bitPattern) == halves.map { UInt32($0.1) << 16 })
  }

  @Test func `what is no number stays none`() {
    var numbers: [Float] = []
    for bits: UInt32 in [0x7FC0_0000, 0xFFFF_FFFF, 0x7F80_0001, 0xFF80_0001] {
      NarrowNumbers.append(
        0..<1, of: NarrowNumbers.bytes(of: [Float(bitPattern: bits)]), to: &numbers)
    }
    #expect(numbers.allSatisfy(\.isNaN) && numbers.count == 4)
  }
}
