/// The lines of a text with any line end, counted from 1, without blanks at their ends unless these are
/// to be kept.
struct TextLines: Sequence, IteratorProtocol {
  /// One line.
  struct Line {
    /// Its number, from 1.
    let number: Int

    /// Its bytes.
    let text: ArraySlice<UInt8>
  }

  private let bytes: [UInt8]
  private var position: Int
  private var number = 0
  private let keepsBlanks: Bool

  /// Starts before the first line; a byte order mark is skipped.
  init(_ bytes: [UInt8], keepsBlanks: Bool = false) {
    self.bytes = bytes
    self.keepsBlanks = keepsBlanks
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next line, empty ones included.
  mutating func next() -> Line? {
    guard position < bytes.count else { return nil }
    var start = position
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D {
      position += 1
    }
    var end = position
    if position < bytes.count, bytes[position] == 0x0D { position += 1 }
    if position < bytes.count, bytes[position] == 0x0A, position == end || bytes[end] == 0x0D {
      position += 1
    }
    while !keepsBlanks, start < end, Self.isBlank(bytes[start]) { start += 1 }
    while !keepsBlanks, end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    number += 1
    return Line(number: number, text: bytes[start..<end])
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
