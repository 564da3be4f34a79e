/// Reads MATLAB files of version 4: matrices one after another, each behind five whole numbers and its
/// name.
enum MATLABFile4 {
  private struct Header {
    let type: MATLABNumberType
    let isText: Bool
    let isBigEndian: Bool
    let rows: Int
    let columns: Int
    let isComplex: Bool
    let name: String
    let start: Int

    /// Where the next matrix stands.
    let next: Int
  }

  /// Whether bytes are nothing but such matrices.
  static func isPlausible(_ bytes: [UInt8]) -> Bool {
    var offset = 0
    while offset < bytes.count {
      guard let header = header(bytes, offset) else { return false }
      offset = header.next
    }
    return offset == bytes.count && offset > 0
  }

  /// The variables of a file.
  static func variables(_ bytes: [UInt8]) -> [(name: String, value: MATLABValue)] {
    var variables: [(name: String, value: MATLABValue)] = []
    var offset = 0
    while let header = header(bytes, offset) {
      offset = header.next
      let reader = BinaryReader(bytes: bytes, isBigEndian: header.isBigEndian)
      let count = header.rows * header.columns
      let numbers = header.type.numbers(reader, at: header.start, count)
      guard !header.isText, !header.isComplex else { continue }
      variables.append((header.name, .numbers(numbers, extents: [header.rows, header.columns])))
    }
    return variables
  }

  private static func header(_ bytes: [UInt8], _ offset: Int) -> Header? {
    guard bytes.count - offset >= 24 else { return nil }
    // The first number is MOPT in decimal digits: order of bytes, 0, type of numbers, kind of matrix.
    for isBigEndian in [false, true] {
      let reader = BinaryReader(bytes: bytes, isBigEndian: isBigEndian)
      let code = reader.long(offset)
      let (machine, kind) = (code / 1000, code % 10)
      guard machine == (isBigEndian ? 1 : 0), code / 100 % 10 == 0, kind < 2,
        let type = MATLABNumberType(version4: code / 10 % 10)
      else { continue }
      let (rows, columns) = (reader.long(offset + 4), reader.long(offset + 8))
      let (imaginary, length) = (reader.long(offset + 12), reader.long(offset + 16))
      guard rows > 0, columns > 0, imaginary < 2, (2...64).contains(length),
        offset + 20 + length <= bytes.count
      else { continue }
      let label = bytes[offset + 20..<offset + 20 + length]
      guard label.last == 0, label.dropLast().allSatisfy({ (0x30...0x7A).contains($0) }) else {
        continue
      }
      let start = offset + 20 + length
      let (count, first) = rows.multipliedReportingOverflow(by: columns)
      let (size, second) = count.multipliedReportingOverflow(by: type.width * (1 + imaginary))
      guard !first, !second, size <= bytes.count - start else { continue }
      return Header(
        type: type, isText: kind == 1, isBigEndian: isBigEndian, rows: rows, columns: columns,
        isComplex: imaginary == 1, name: reader.text(offset + 20..<start), start: start,
        next: start + size)
    }
    return nil
  }
}
