import Foundation

/// Little-endian numbers read from bytes; the caller has checked that there are enough.
struct TensorBytes {
  private let data: Data

  init(_ data: Data) {
    self.data = data
  }

  /// `count` single-precision numbers.
  func float32(_ count: Int) -> [Float] {
    let bytes = data.span
    return [Float](capacity: count) { numbers in
      for index in 0..<count {
        numbers.append(Float(bitPattern: Self.word(bytes, 4 &* index)))
      }
    }
  }

  /// `count` double-precision numbers, rounded.
  func float64(_ count: Int) -> [Float] {
    let bytes = data.span
    return [Float](capacity: count) { numbers in
      for index in 0..<count {
        numbers.append(Float(Double(bitPattern: Self.longWord(bytes, 8 &* index))))
      }
    }
  }

  /// `count` half-precision numbers.
  func float16(_ count: Int) -> [Float] {
    let bytes = data.span
    return [Float](capacity: count) { numbers in
      for index in 0..<count {
        numbers.append(HalfPrecision.float(Self.halfWord(bytes, 2 &* index)))
      }
    }
  }

  /// `count` numbers that are the upper halves of single-precision ones.
  func bfloat16(_ count: Int) -> [Float] {
    let bytes = data.span
    return [Float](capacity: count) { numbers in
      for index in 0..<count {
        numbers.append(Float(bitPattern: UInt32(Self.halfWord(bytes, 2 &* index)) << 16))
      }
    }
  }

  /// `count` integers of a type; nil when one exceeds 63 bits.
  func integers(_ count: Int, type: ElementType) -> [Int64]? {
    let bytes = data.span
    var values: [Int64] = []
    values.reserveCapacity(count)
    for index in 0..<count {
      let value: Int64
      switch type {
      case .bool: value = bytes[index] == 0 ? 0 : 1
      case .uint8: value = Int64(bytes[index])
      case .int8: value = Int64(Int8(bitPattern: bytes[index]))
      case .uint16: value = Int64(Self.halfWord(bytes, 2 &* index))
      case .int16: value = Int64(Int16(bitPattern: Self.halfWord(bytes, 2 &* index)))
      case .uint32: value = Int64(Self.word(bytes, 4 &* index))
      case .int32: value = Int64(Int32(bitPattern: Self.word(bytes, 4 &* index)))
      case .int64: value = Int64(bitPattern: Self.longWord(bytes, 8 &* index))
      case .uint64:
        guard let small = Int64(exactly: Self.longWord(bytes, 8 &* index)) else { return nil }
        value = small
      case .float16, .bfloat16, .float32, .float64: return nil
      }
      values.append(value)
    }
    return values
  }

  @inline(__always)
  private static func halfWord(_ bytes: Span<UInt8>, _ at: Int) -> UInt16 {
    UInt16(bytes[at]) | UInt16(bytes[at &+ 1]) << 8
  }

  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
    UInt32(bytes[at]) | UInt32(bytes[at &+ 1]) << 8 | UInt32(bytes[at &+ 2]) << 16
      | UInt32(bytes[at &+ 3]) << 24
  }

  @inline(__always)
  private static func longWord(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
    UInt64(word(bytes, at)) | UInt64(word(bytes, at &+ 4)) << 32
  }
}

/// Half-precision numbers, written out because not every platform has the type.
enum HalfPrecision {
  /// The value of a half-precision bit pattern.
  static func float(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1f)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      // Subnormal: the fraction counts units of 2⁻²⁴.
      return Float(bitPattern: (Float(fraction) * 0x1p-24).bitPattern | sign)
    case 31:
      return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default:
      return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
