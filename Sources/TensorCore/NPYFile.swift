public import Foundation

/// One array as NumPy stores it in an `.npy` file.
///
/// `f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 b1` and texts (`U`), in either order of bytes and of axes, are
/// read; little-endian `f4` in row-major order is written.
public struct NPYFile: Sendable {
  /// The extents of the array.
  public let shape: Shape

  let type: NPYElementType
  let bytes: [UInt8]
  let start: Int
  private let isFortranOrder: Bool

  /// Reads an array from a file.
  ///
  /// - Throws: `TensorError` when the file cannot be read or holds something else.
  public init(contentsOf url: URL) throws(TensorError) {
    let bytes = try [UInt8](readingFrom: url)
    try self.init(bytes, bytes.indices, name: url.lastPathComponent)
  }

  /// Reads an array from the bytes of a file.
  ///
  /// - Throws: `TensorError` when the bytes are something else.
  public init(_ bytes: [UInt8]) throws(TensorError) {
    try self.init(bytes, bytes.indices, name: "the array")
  }

  /// Reads an array that lies in a part of `bytes`; errors call it `name`.
  init(_ bytes: [UInt8], _ range: Range<Int>, name: String) throws(TensorError) {
    let text = try Self.headerRange(bytes, range, name: name)
    guard let header = NPYHeader(bytes[text]) else {
      throw TensorError(.malformedFile, "\(name): the header of the array is damaged")
    }
    guard let type = NPYElementType(descriptor: header.descriptor) else {
      throw TensorError(
        .unsupportedFile,
        "\(name): elements of type \(header.descriptor) are not read; save as float32 or int64")
    }
    let largest = Shape(header.extents.map { max($0, 1) }).elementCount
    guard header.extents.count <= 64, largest <= Int.max / max(8, type.width) else {
      throw TensorError(.unsupportedFile, "\(name): the array is too large")
    }
    shape = Shape(header.extents)
    guard range.upperBound - text.upperBound == shape.elementCount * type.width else {
      throw TensorError(
        .malformedFile,
        "\(name): \(range.upperBound - text.upperBound) bytes do not hold an array of \(shape)")
    }
    self.type = type
    self.isFortranOrder = header.isFortranOrder
    if header.descriptor.hasPrefix(">") {
      self.bytes = bytes[text.upperBound..<range.upperBound].reversed(inUnitsOf: type.unitWidth)
      self.start = 0
    } else {
      self.bytes = bytes
      self.start = text.upperBound
    }
  }

  /// The array in row-major order; whole numbers become the nearest `Float`, texts NaN.
  public var tensor: Tensor {
    if type.isText { return Tensor(shape: shape, repeating: .nan) }
    let stored = type.floats(bytes, start: start, count: shape.elementCount)
    return Tensor(shape: shape, elements: inRowMajorOrder(stored))
  }

  /// The elements in row-major order, when they are whole numbers or truth values (0 or 1).
  ///
  /// - Throws: `TensorError` with code `unsupportedFile` when they are anything else.
  public var integers: [Int] {
    get throws(TensorError) {
      guard let stored = type.integers(bytes, start: start, count: shape.elementCount) else {
        throw TensorError(.unsupportedFile, "the array holds no whole numbers")
      }
      return inRowMajorOrder(stored)
    }
  }

  func inRowMajorOrder<Element>(_ stored: [Element]) -> [Element] {
    guard isFortranOrder, shape.rank > 1, !stored.isEmpty else { return stored }
    let reversed = Shape(shape.extents.reversed())
    let strides = Array(reversed.strides.reversed())
    var result: [Element] = []
    result.reserveCapacity(stored.count)
    var index = [Int](repeating: 0, count: shape.rank)
    var offset = 0
    for _ in stored.indices {
      result.append(stored[offset])
      var axis = shape.rank - 1
      offset += strides[axis]
      index[axis] += 1
      while axis > 0, index[axis] == shape[axis] {
        offset -= shape[axis] * strides[axis]
        index[axis] = 0
        axis -= 1
        offset += strides[axis]
        index[axis] += 1
      }
    }
    return result
  }

  /// Where the text of the header lies.
  private static func headerRange(
    _ bytes: [UInt8], _ range: Range<Int>, name: String
  ) throws(TensorError) -> Range<Int> {
    guard range.count >= 12, bytes[range].starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) else {
      throw TensorError(.malformedFile, "\(name) is not an array in NumPy's format")
    }
    let version = bytes[range.lowerBound + 6]
    guard (1...3).contains(version) else {
      throw TensorError(.unsupportedFile, "\(name): version \(version) of the format is not read")
    }
    let lengthStart = range.lowerBound + 8
    let start = lengthStart + (version == 1 ? 2 : 4)
    let length =
      version == 1 ? Int(bytes.word16(at: lengthStart)) : Int(bytes.word32(at: lengthStart))
    guard length <= min(range.upperBound - start, 1 << 16) else {
      throw TensorError(
        .malformedFile, "\(name): the file ends inside its header, or the header is huge")
    }
    return start..<(start + length)
  }
}

extension NPYFile {
  /// Writes a tensor as 32-bit floating-point numbers; an existing file is replaced at the end.
  ///
  /// - Throws: `TensorError` with code `unwritable` when the file cannot be written.
  public static func write(_ tensor: Tensor, to url: URL) throws(TensorError) {
    try bytes(of: tensor).write(to: url)
  }

  /// The bytes of a file that holds a tensor as 32-bit floating-point numbers.
  public static func bytes(of tensor: Tensor) -> [UInt8] {
    let head = header(descriptor: "<f4", extents: tensor.shape.extents)
    var bytes = [UInt8](repeating: 0, count: head.count + 4 * tensor.elements.count)
    bytes.replaceSubrange(0..<head.count, with: head)
    bytes.store(tensor.elements, at: head.count)
    return bytes
  }

  /// The start of a file up to its elements.
  static func header(descriptor: String, extents: [Int]) -> [UInt8] {
    let list = extents.map { "\($0)," }.joined(separator: " ")
    let shape = extents.count > 1 ? String(list.dropLast()) : list
    let text = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(shape)), }"
    // The elements start at a multiple of 64 bytes, after magic, version, length and a line end.
    let padded = (10 + text.utf8.count + 1 + 63) / 64 * 64
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
    bytes.append(littleEndian: padded - 10, width: 2)
    bytes += text.utf8
    bytes += Array(repeating: 0x20, count: padded - 1 - bytes.count)
    bytes.append(0x0A)
    return bytes
  }
}

extension [UInt8] {
  /// All bytes of a file.
  init(readingFrom url: URL) throws(TensorError) {
    do {
      self = [UInt8](try Data(contentsOf: url))
    } catch {
      throw TensorError(
        .unreadable, "\(url.path(percentEncoded: false)) cannot be read: \(error)")
    }
  }

  /// Writes a file through a temporary one, so that no part of a file is ever left behind.
  func write(to url: URL) throws(TensorError) {
    do {
      try Data(self).write(to: url, options: .atomic)
    } catch {
      throw TensorError(
        .unwritable, "\(url.path(percentEncoded: false)) cannot be written: \(error)")
    }
  }
}
