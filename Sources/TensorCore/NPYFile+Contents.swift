/// What an `.npy` file or a member of an archive can hold beside 32-bit numbers.
public enum NPYContents: Hashable, Sendable {
  /// 32-bit floating-point numbers.
  case tensor(Tensor)

  /// A list of 64-bit floating-point numbers.
  case doubles([Double])

  /// A list of texts, as NumPy's `<U`.
  case texts([String])

  /// The bytes of an `.npy` file.
  public var bytes: [UInt8] {
    switch self {
    case .tensor(let tensor): NPYFile.bytes(of: tensor)
    case .doubles(let numbers): Self.bytes(of: numbers)
    case .texts(let texts): Self.bytes(of: texts)
    }
  }

  private static func bytes(of numbers: [Double]) -> [UInt8] {
    var bytes = NPYFile.header(descriptor: "<f8", extents: [numbers.count])
    for number in numbers {
      bytes.append(littleEndian: Int(truncatingIfNeeded: number.bitPattern), width: 8)
    }
    return bytes
  }

  private static func bytes(of texts: [String]) -> [UInt8] {
    let width = max(1, texts.map(\.unicodeScalars.count).max() ?? 1)
    var bytes = NPYFile.header(descriptor: "<U\(width)", extents: [texts.count])
    for text in texts {
      for scalar in text.unicodeScalars { bytes.append(littleEndian: Int(scalar.value), width: 4) }
      bytes += Array(repeating: 0, count: 4 * (width - text.unicodeScalars.count))
    }
    return bytes
  }
}

extension NPYFile {
  /// The elements in row-major order when they are texts (NumPy's `<U`); nil otherwise.
  public var texts: [String]? {
    guard type.isText else { return nil }
    let stored = (0..<shape.elementCount).map { element in
      var scalars = String.UnicodeScalarView()
      for offset in stride(from: 0, to: type.width, by: 4) {
        let code = bytes.word32(at: start + element * type.width + offset)
        guard code != 0 else { break }
        scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
      }
      return String(scalars)
    }
    return inRowMajorOrder(stored)
  }

  /// The elements in row-major order as 64-bit numbers; nil when they are texts.
  public var doubles: [Double]? {
    guard !type.isText else { return nil }
    if type == .float(width: 8) {
      return inRowMajorOrder(
        (0..<shape.elementCount).map { Double(bitPattern: bytes.word64(at: start + 8 * $0)) })
    }
    if let integers = type.integers(bytes, start: start, count: shape.elementCount) {
      return inRowMajorOrder(integers.map { Double($0) })
    }
    return tensor.elements.map { Double($0) }
  }
}
