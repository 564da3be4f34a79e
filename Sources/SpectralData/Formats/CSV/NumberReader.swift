import Foundation

/// Reads decimal numbers from bytes, with a point or a comma, but never both in one file.
struct NumberReader {
  /// The decimal mark that was met first, or nil when all numbers were whole so far.
  private(set) var mark: UInt8?

  /// Expects points or commas; either, whichever comes first, by default.
  init(mark: UInt8? = nil) { self.mark = mark }

  private static let powers: [Double] = (0...22).map { pow(10, Double($0)) }
  private static let comma = UInt8(ascii: ",")
  private static let point = UInt8(ascii: ".")

  /// The number that fills a range of bytes exactly, or nil when the bytes are anything else;
  /// infinities and NaN are nil too.
  mutating func number(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    var index = range.lowerBound
    guard index < range.upperBound else { return nil }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    var (mantissa, digitCount, decimals) = (UInt64(0), 0, 0)
    var hasMark = false
    while index < range.upperBound {
      let byte = bytes[index]
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digitCount += 1
        if hasMark { decimals += 1 }
      } else if byte == Self.point || byte == Self.comma {
        guard !hasMark, mark == nil || mark == byte else { return nil }
        hasMark = true
        mark = byte
      } else {
        break
      }
      index += 1
    }
    guard digitCount > 0 else { return nil }
    // Up to 15 digits and powers up to 22 are exact, so one division rounds correctly.
    if index == range.upperBound, digitCount <= 15, decimals <= 22 {
      let value = Double(mantissa) / Self.powers[decimals]
      return isNegative ? -value : value
    }
    return slowNumber(bytes, range, rest: index)
  }

  private func slowNumber(_ bytes: [UInt8], _ range: Range<Int>, rest: Int) -> Double? {
    // What follows the digits must be an exponent; "0x1p3" and "1 000" are no numbers here.
    if rest < range.upperBound {
      guard bytes[rest] | 0x20 == UInt8(ascii: "e") else { return nil }
    }
    let text = String(
      decoding: bytes[range].map { $0 == Self.comma ? Self.point : $0 }, as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}
