/// Reads the numbers in one line of JCAMP-DX data.
struct JCAMPScanner {
  /// What stands for an ordinate or for several.
  enum Token {
    /// A value: decimal (AFFN), signed without blanks (PAC) or with a letter for sign and first digit
    /// (SQZ).
    case value(Double)
    /// The difference to the value before it (DIF).
    case difference(Double)
    /// How many times the entry before it stands there (DUP).
    case count(Int)
    /// A value that was not measured (`?`).
    case missing
  }

  /// Where an E without a sign behind it (`1E5`) is an exponent, not a squeezed number.
  enum UnsignedExponent {
    /// Nowhere: squeezed ordinates may follow an abscissa.
    case never
    /// Behind a number with a point: squeezed numbers have none in front of them.
    case afterPoint
    /// Everywhere: there are no squeezed numbers.
    case always
  }

  /// The number of the line, from 1.
  let line: Int
  private let text: ArraySlice<UInt8>
  private var position: Int

  /// Starts in front of a line.
  init(_ line: TextLines.Line) {
    self.line = line.number
    text = line.text
    position = line.text.startIndex
  }

  /// Whether nothing but separators is left.
  var isAtEnd: Bool {
    mutating get {
      while position < text.endIndex, Self.isSeparator(text[position]) { position += 1 }
      return position == text.endIndex
    }
  }

  /// Steps over a value that was not measured, if one comes next.
  mutating func skipsMissing() -> Bool {
    guard !isAtEnd, text[position] == UInt8(ascii: "?") else { return false }
    position += 1
    return true
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Reads a decimal number and to how many places it is written.
  ///
  /// - Parameter exponent: Where an E without a sign is an exponent.
  /// - Returns: The number, and how many digits stand behind its point.
  /// - Throws: `SpectrumError` when something else comes next.
  mutating func decimal(
    _ exponent: UnsignedExponent
  ) throws(SpectrumError) -> (value: Double, places: Int) {
    _ = isAtEnd
    let start = position
    if position < text.endIndex, text[position] == 0x2B || text[position] == 0x2D { position += 1 }
    var (hasPoint, places) = (false, 0)
    while position < text.endIndex {
      if Self.isDigit(text[position]) {
        if hasPoint { places += 1 }
      } else if text[position] == 0x2E, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      position += 1
    }
    skipExponent(unsignedAllowed: exponent == .always || exponent == .afterPoint && hasPoint)
    let bytes = Array(text[start..<position])
    var numbers = NumberReader()
    guard let value = numbers.number(bytes, bytes.indices) else { throw unreadable(start) }
    return (value, places)
  }

  /// Steps over an exponent; a letter E that starts a squeezed number is left.
  private mutating func skipExponent(unsignedAllowed: Bool) {
    guard position + 1 < text.endIndex, text[position] | 0x20 == UInt8(ascii: "e") else { return }
    let next = text[position + 1]
    let isSigned =
      (next == 0x2B || next == 0x2D) && position + 2 < text.endIndex
      && Self.isDigit(text[position + 2])
    guard isSigned || unsignedAllowed && Self.isDigit(next) else { return }
    position += isSigned ? 2 : 1
    while position < text.endIndex, Self.isDigit(text[position]) { position += 1 }
  }

  /// The next entry, or nil at the end of the line.
  mutating func token() throws(SpectrumError) -> Token? {
    guard !isAtEnd else { return nil }
    let byte = text[position]
    switch byte {
    case UInt8(ascii: "@")...UInt8(ascii: "I"):
      return .value(try digits(first: Int(byte) - 0x40, isNegative: false))
    case UInt8(ascii: "a")...UInt8(ascii: "i"):
      return .value(try digits(first: Int(byte) - 0x60, isNegative: true))
    case UInt8(ascii: "%"):
      return .difference(try digits(first: 0, isNegative: false))
    case UInt8(ascii: "J")...UInt8(ascii: "R"):
      return .difference(try digits(first: Int(byte) - 0x49, isNegative: false))
    case UInt8(ascii: "j")...UInt8(ascii: "r"):
      return .difference(try digits(first: Int(byte) - 0x69, isNegative: true))
    case UInt8(ascii: "S")...UInt8(ascii: "Z"):
      return .count(Int(try digits(first: Int(byte) - 0x52, isNegative: false)))
    case UInt8(ascii: "s"):
      return .count(Int(try digits(first: 9, isNegative: false)))
    case UInt8(ascii: "?"):
      position += 1
      return .missing
    default:
      return .value(try decimal(.afterPoint).value)
    }
  }

  /// A number of which the letter was the sign and the first digit.
  private mutating func digits(first: Int, isNegative: Bool) throws(SpectrumError) -> Double {
    let start = position
    position += 1
    var value = Double(first)
    var scale = 0.0
    while position < text.endIndex, Self.isDigit(text[position]) || text[position] == 0x2E {
      if text[position] == 0x2E {
        guard scale == 0 else { throw unreadable(start) }
        scale = 1
      } else {
        value = 10 * value + Double(text[position] - 0x30)
        scale *= 10
      }
      position += 1
    }
    guard position - start <= 16 else { throw unreadable(start) }
    if scale > 0 { value /= scale }
    return isNegative ? -value : value
  }

  private func unreadable(_ start: Int) -> SpectrumError {
    SpectrumError(
      .malformedFile,
      "line \(line): \"\(String(decoding: text[start...].prefix(20), as: UTF8.self))\" is no number in "
        + "any of the forms AFFN, PAC, SQZ, DIF and DUP", line: line)
  }
}
