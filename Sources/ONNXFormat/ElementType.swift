/// What the numbers of an ONNX tensor are.
///
/// In a graph all of them are `Float`; the type decides how they are decoded and which operators
/// use integer arithmetic.
public enum ElementType: String, Sendable, Hashable {
  case float32
  case float64
  case float16
  case bfloat16
  case int8
  case int16
  case int32
  case int64
  case uint8
  case uint16
  case uint32
  case uint64
  case bool

  /// The type with the number that ONNX gives it, or nil when it is not read here.
  init?(code: Int) {
    let types: [Int: ElementType] = [
      1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool,
      10: .float16, 11: .float64, 12: .uint32, 13: .uint64, 16: .bfloat16,
    ]
    guard let type = types[code] else { return nil }
    self = type
  }

  /// Whether the numbers have a fraction.
  public var isFloatingPoint: Bool {
    switch self {
    case .float32, .float64, .float16, .bfloat16: true
    default: false
    }
  }

  /// The bytes that one number takes in a file.
  var byteCount: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// The integers the type can hold, as far as 64 signed bits go; nil for other types.
  var integerRange: ClosedRange<Int64>? {
    switch self {
    case .int8: -128...127
    case .int16: -32768...32767
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .int64: Int64.min...Int64.max
    case .uint8: 0...255
    case .uint16: 0...65535
    case .uint32: 0...Int64(UInt32.max)
    case .uint64: 0...Int64.max
    case .bool: 0...1
    case .float32, .float64, .float16, .bfloat16: nil
    }
  }

  /// The name of a type that is not read here, for messages.
  static func describe(code: Int) -> String {
    let names = [
      0: "undefined", 8: "string", 14: "complex64", 15: "complex128", 17: "float8e4m3fn",
      18: "float8e4m3fnuz", 19: "float8e5m2", 20: "float8e5m2fnuz", 21: "uint4", 22: "int4",
      23: "float4e2m1",
    ]
    return ElementType(code: code)?.rawValue ?? names[code] ?? "number \(code)"
  }
}
