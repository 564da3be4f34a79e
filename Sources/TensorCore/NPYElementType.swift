/// How the elements of an `.npy` file are stored.
enum NPYElementType: Hashable {
  /// IEEE numbers of 2, 4 or 8 bytes.
  case float(width: Int)
  /// Signed whole numbers of 1, 2, 4 or 8 bytes.
  case signed(width: Int)
  /// Unsigned whole numbers of 1, 2 or 4 bytes; truth values are those of one byte.
  case unsigned(width: Int)
  /// Texts of four bytes for each character.
  case text(width: Int)

  /// Recognizes a NumPy type such as `<f4`, or `>f4` for the other order of bytes; nil for others.
  init?(descriptor: String) {
    let little = descriptor.hasPrefix(">") ? "<" + descriptor.dropFirst() : descriptor
    switch little {
    case "<f2", "<f4", "<f8": self = .float(width: Int(little.suffix(1)) ?? 0)
    case "|i1", "<i1", "<i2", "<i4", "<i8": self = .signed(width: Int(little.suffix(1)) ?? 0)
    case "|u1", "<u1", "<u2", "<u4": self = .unsigned(width: Int(little.suffix(1)) ?? 0)
    case "|b1", "<b1": self = .unsigned(width: 1)
    default:
      guard little.hasPrefix("<U"), let width = Int(little.dropFirst(2)),
        (1...0xFFFF).contains(width)
      else { return nil }
      self = .text(width: 4 * width)
    }
  }

  /// The number of bytes of one element.
  var width: Int {
    switch self {
    case .float(let width), .signed(let width), .unsigned(let width), .text(let width):
      width
    }
  }

  /// The number of bytes that have an order: those of a number or of a character.
  var unitWidth: Int { isText ? 4 : width }

  /// Whether the elements are no numbers.
  var isText: Bool {
    if case .text = self { true } else { false }
  }

  /// The elements as floating-point numbers, rounded where they need more digits.
  func floats(_ bytes: [UInt8], start: Int, count: Int) -> [Float] {
    switch self {
    case .float(width: 2):
      (0..<count).map { Self.half(bytes.word16(at: start + 2 * $0)) }
    case .float(width: 4):
      (0..<count).map { Float(bitPattern: bytes.word32(at: start + 4 * $0)) }
    case .float:
      (0..<count).map { Float(Double(bitPattern: bytes.word64(at: start + 8 * $0))) }
    case .signed, .unsigned, .text:
      integers(bytes, start: start, count: count)?.map { Float($0) } ?? []
    }
  }

  /// The elements as whole numbers; nil when they are floating-point numbers.
  func integers(_ bytes: [UInt8], start: Int, count: Int) -> [Int]? {
    switch self {
    case .float, .text: nil
    case .signed(width: 1): (0..<count).map { Int(Int8(bitPattern: bytes[start + $0])) }
    case .unsigned(width: 1): (0..<count).map { Int(bytes[start + $0]) }
    case .signed(width: 2):
      (0..<count).map { Int(Int16(bitPattern: bytes.word16(at: start + 2 * $0))) }
    case .unsigned(width: 2): (0..<count).map { Int(bytes.word16(at: start + 2 * $0)) }
    case .signed(width: 4):
      (0..<count).map { Int(Int32(bitPattern: bytes.word32(at: start + 4 * $0))) }
    case .unsigned: (0..<count).map { Int(bytes.word32(at: start + 4 * $0)) }
    case .signed:
      (0..<count).map { Int(Int64(bitPattern: bytes.word64(at: start + 8 * $0))) }
    }
  }

  /// The number that 16 bits stand for, all of which a `Float` can hold.
  private static func half(_ bits: UInt16) -> Float {
    let isFinite = bits & 0x7C00 != 0x7C00
    let shifted = UInt32(bits & 0x7FFF) << 13
    let magnitude =
      isFinite ? Float(bitPattern: shifted) * 0x1p112 : Float(bitPattern: shifted | 0x7F80_0000)
    return bits & 0x8000 == 0 ? magnitude : -magnitude
  }
}
