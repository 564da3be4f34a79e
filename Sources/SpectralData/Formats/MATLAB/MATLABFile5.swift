import TensorCore

/// Reads MATLAB files of version 5 (also 6 and 7, whose variables are compressed).
///
/// Each element is a tag of type and size and its bytes, padded to 8; a matrix is an element of others.
struct MATLABFile5 {
  private var reader: BinaryReader

  /// How deep values may lie in each other.
  private static let greatestDepth = 16
  private static let greatestExpansion = 1 << 31

  /// Types of elements.
  private enum Kind {
    static let matrix = 14
    static let compressed = 15
  }

  private struct Element {
    let kind: Int
    let range: Range<Int>
    let next: Int
  }

  /// Whether bytes start as such a file does.
  static func isPlausible(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 128, bytes.starts(with: Array("MATLAB 5.0".utf8)) else { return false }
    return bytes[126..<128].elementsEqual("IM".utf8) || bytes[126..<128].elementsEqual("MI".utf8)
  }

  /// The variables of a file.
  ///
  /// - Throws: `SpectrumError` when it is damaged.
  static func variables(
    _ bytes: [UInt8]
  ) throws(SpectrumError) -> [(name: String, value: MATLABValue)] {
    let file = MATLABFile5(
      reader: BinaryReader(bytes: bytes, isBigEndian: bytes[126] == UInt8(ascii: "M")))
    return try file.variables(from: 128, isUnpacked: false)
  }

  private func variables(
    from start: Int, isUnpacked: Bool
  ) throws(SpectrumError) -> [(name: String, value: MATLABValue)] {
    var variables: [(name: String, value: MATLABValue)] = []
    var offset = start
    while offset + 8 <= reader.bytes.count {
      let element = try element(offset)
      offset = element.next
      if element.kind == Kind.matrix {
        if let variable = try matrix(element.range, depth: 0) {
          variables.append((variable.name, variable.value))
        }
      } else if element.kind == Kind.compressed, !isUnpacked {
        guard
          let bytes = Zlib.unpacked(reader.bytes, element.range, limit: Self.greatestExpansion)
        else { throw Self.damaged("a compressed variable") }
        let inner = MATLABFile5(reader: BinaryReader(bytes: bytes, isBigEndian: reader.isBigEndian))
        variables += try inner.variables(from: 0, isUnpacked: true)
      }
    }
    return variables
  }

  private static func damaged(_ what: String) -> SpectrumError {
    SpectrumError(.malformedFile, "\(what) of the MATLAB file is damaged or cut off; save it again")
  }

  /// The element whose tag stands at a place; small ones hold their bytes in the tag.
  private func element(_ offset: Int) throws(SpectrumError) -> Element {
    let end = reader.bytes.count
    guard offset + 8 <= end else { throw Self.damaged("an element") }
    let tag = reader.long(offset)
    if tag >> 16 != 0 {
      guard tag >> 16 <= 4 else { throw Self.damaged("an element") }
      return Element(
        kind: tag & 0xFFFF, range: offset + 4..<offset + 4 + tag >> 16, next: offset + 8)
    }
    let size = reader.long(offset + 4)
    guard size <= end - offset - 8 else { throw Self.damaged("an element") }
    // What is compressed is not padded.
    let padded = tag == Kind.compressed ? size : (size + 7) & ~7
    return Element(kind: tag, range: offset + 8..<offset + 8 + size, next: offset + 8 + padded)
  }

  /// A value and the byte behind it.
  private typealias Parsed = (name: String, value: MATLABValue, end: Int)

  /// A matrix: flags, extents, name, then what its class says; nil when it is empty.
  ///
  /// Some programs give too small sizes to what holds others, so contents tell where it ends.
  private func matrix(_ range: Range<Int>, depth: Int) throws(SpectrumError) -> Parsed? {
    guard range.count >= 8 else { return nil }
    guard depth < Self.greatestDepth else { throw Self.damaged("a deep structure") }
    let flags = try element(range.lowerBound)
    guard flags.range.count >= 8 else { throw Self.damaged("a matrix") }
    let kind = reader.long(flags.range.lowerBound) & 0xFF
    let isComplex = reader.long(flags.range.lowerBound) & 0x0800 != 0
    let sizes = try element(flags.next)
    let extents = stride(from: sizes.range.lowerBound, to: sizes.range.upperBound - 3, by: 4).map {
      reader.long($0)
    }
    let count = try count(extents)
    let label = try element(sizes.next)
    let name = reader.text(label.range)
    switch kind {
    case 1:
      let (values, end) = try matrices(label.next, count, depth)
      return (name, .cells(values, extents: extents), end)
    case 2, 3:
      // An object names its class first.
      let start = kind == 3 ? try element(label.next).next : label.next
      let (value, end) = try structure(start, count, depth)
      return (name, value, end)
    case 4: return (name, try texts(label.next, extents, count), range.upperBound)
    case 6...15 where !isComplex:
      return (name, .numbers(try numbers(label.next, count), extents: extents), range.upperBound)
    default: return (name, .other, range.upperBound)
    }
  }

  private func count(_ extents: [Int]) throws(SpectrumError) -> Int {
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product <= 8 * max(1, reader.bytes.count) else {
        throw Self.damaged("a matrix")
      }
      count = product
    }
    guard extents.count >= 2 else { throw Self.damaged("a matrix") }
    return count
  }

  private func matrices(
    _ start: Int, _ count: Int, _ depth: Int
  ) throws(SpectrumError) -> (values: [MATLABValue], end: Int) {
    guard count <= (reader.bytes.count - start) / 8 else { throw Self.damaged("a list") }
    var values: [MATLABValue] = []
    var offset = start
    for _ in 0..<count {
      let element = try element(offset)
      let inner = element.kind == Kind.matrix ? try matrix(element.range, depth: depth + 1) : nil
      values.append(inner?.value ?? .other)
      offset = max(element.next, inner?.end ?? 0)
    }
    return (values, offset)
  }

  private func structure(
    _ start: Int, _ count: Int, _ depth: Int
  ) throws(SpectrumError) -> (MATLABValue, end: Int) {
    let length = try element(start)
    guard length.range.count >= 4 else { throw Self.damaged("a structure") }
    let width = reader.long(length.range.lowerBound)
    let list = try element(length.next)
    guard (1...4096).contains(width) else { throw Self.damaged("a structure") }
    let names = stride(
      from: list.range.lowerBound, to: list.range.upperBound - width + 1, by: width
    )
    .map { reader.text($0..<$0 + width) }
    let (total, overflow) = names.count.multipliedReportingOverflow(by: count)
    guard !overflow else { throw Self.damaged("a structure") }
    let (values, end) = try matrices(list.next, total, depth)
    let fields = names.enumerated().map { index, name in
      let own = (0..<count).map { values[$0 * names.count + index] }
      return (name: name, value: own.count == 1 ? own[0] : .cells(own, extents: [1, own.count]))
    }
    return (.structure(fields), end)
  }

  private func texts(
    _ start: Int, _ extents: [Int], _ count: Int
  ) throws(SpectrumError) -> MATLABValue {
    guard count > 0, extents.count == 2 else { return .texts([""]) }
    let element = try element(start)
    if element.kind == 16 || element.kind == 1, element.range.count >= count, extents[0] == 1 {
      return .texts([String(text: reader.bytes[element.range])])
    }
    let codes = try numbers(start, count)
    return .texts(
      (0..<extents[0]).map { row in
        let scalars = (0..<extents[1]).map { column in
          UInt32(exactly: codes[row + column * extents[0]]).flatMap(Unicode.Scalar.init) ?? "?"
        }
        return scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
          .trimming(where: \.isWhitespace)
      })
  }

  /// So many numbers of an element of any type.
  private func numbers(_ start: Int, _ count: Int) throws(SpectrumError) -> [Double] {
    if count == 0 { return [] }
    let element = try element(start)
    guard let type = MATLABNumberType(element.kind), element.range.count >= count * type.width
    else {
      throw Self.damaged("a matrix")
    }
    return type.numbers(reader, at: element.range.lowerBound, count)
  }
}

/// How MATLAB stores numbers.
struct MATLABNumberType {
  /// How many bytes one takes.
  let width: Int
  private let value: (BinaryReader, Int) -> Double

  private init(_ width: Int, _ value: @escaping (BinaryReader, Int) -> Double) {
    self.width = width
    self.value = value
  }

  /// The type with a number of version 5; nil when it is none of numbers.
  init?(_ kind: Int) {
    switch kind {
    case 1: self.init(1) { Double($0.signedByte($1)) }
    case 2: self.init(1) { Double($0.bytes[$1]) }
    case 3: self.init(2) { Double(Int16(truncatingIfNeeded: $0.word($1))) }
    case 4, 17: self.init(2) { Double($0.word($1)) }
    case 5: self.init(4) { Double($0.signedLong($1)) }
    case 6, 18: self.init(4) { Double($0.long($1)) }
    case 7: self.init(4) { Double($0.float($1)) }
    case 9: self.init(8) { $0.double($1) }
    case 12: self.init(8) { Double(Int64(bitPattern: $0.unsigned($1, width: 8))) }
    case 13: self.init(8) { Double($0.unsigned($1, width: 8)) }
    default: return nil
    }
  }

  /// The type with a number of version 4; nil when there is none.
  init?(version4 kind: Int) {
    let kinds = [9, 7, 5, 3, 4, 2]
    guard kinds.indices.contains(kind) else { return nil }
    self.init(kinds[kind])
  }

  /// Numbers one after another; the caller has made sure that they are there.
  func numbers(_ reader: BinaryReader, at offset: Int, _ count: Int) -> [Double] {
    (0..<count).map { value(reader, offset + width * $0) }
  }
}
