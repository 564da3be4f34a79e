/// Builds SPC files byte by byte, from the published layout of their headers.
struct SPCBytes {
  /// How numbers are stored.
  enum Ordinates {
    case float
    case whole(bits: Int, exponent: Int)
  }

  var version: UInt8 = 0x4B
  var ordinates = Ordinates.float
  var rows: [[Float]] = [[1, 2, -3, 4.5]]
  var positions: [[Double]] = []
  var hasOwnPositions = false
  var isMultiple = false
  var unit: UInt8 = 1

  private var isBigEndian: Bool { version == 0x4C }
  private var isOld: Bool { version == 0x4D }

  /// The bytes of the file.
  var bytes: [UInt8] {
    var header = [UInt8](repeating: 0, count: isOld ? 224 : 512)
    var flags: UInt8 = 0
    var (exponent, bits) = (-128, 32)
    if case .whole(let width, let power) = ordinates { (exponent, bits) = (power, width) }
    if bits == 16 { flags |= 0x01 }
    if isMultiple { flags |= 0x04 }
    if hasOwnPositions { flags |= 0x40 }
    if !positions.isEmpty { flags |= 0x80 }
    header[0] = flags
    header[1] = version
    let count = rows[0].count
    if isOld {
      put(&header, 2, word: exponent == -128 ? 128 : exponent, width: 2)
      put(&header, 4, float: Float(count))
      put(&header, 8, float: 10)
      put(&header, 12, float: Float(10 + 2 * (count - 1)))
      header[16] = unit
    } else {
      header[3] = UInt8(bitPattern: Int8(exponent))
      put(&header, 4, word: hasOwnPositions ? 0 : count, width: 4)
      put(&header, 8, bits: 10.0.bitPattern)
      put(&header, 16, bits: Double(10 + 2 * (count - 1)).bitPattern)
      put(&header, 24, word: rows.count, width: 4)
      header[28] = unit
      put(&header, 32, word: 2024 << 20 | 7 << 16 | 9 << 11, width: 4)
      header.replaceSubrange(88..<92, with: Array("Note".utf8))
    }
    var file = header
    if !positions.isEmpty, !hasOwnPositions { file += floats(positions[0].map { Float($0) }) }
    for (index, row) in rows.enumerated() {
      file += subheader(index, exponent, row.count)
      if hasOwnPositions { file += floats(positions[index].map { Float($0) }) }
      file += stored(row, exponent, bits)
    }
    return file
  }

  private func subheader(_ index: Int, _ exponent: Int, _ count: Int) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 32)
    header[1] = isMultiple ? UInt8(bitPattern: Int8(exponent)) : 0
    put(&header, 2, word: index, width: 2)
    put(&header, 4, float: Float(index) * 0.5)
    put(&header, 16, word: hasOwnPositions ? count : 0, width: 4)
    return header
  }

  private func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in
      var bytes = [UInt8](repeating: 0, count: 4)
      put(&bytes, 0, float: value)
      return bytes
    }
  }

  private func stored(_ row: [Float], _ exponent: Int, _ bits: Int) -> [UInt8] {
    guard exponent != -128 else { return floats(row) }
    return row.flatMap { value in
      let scale = Double(sign: .plus, exponent: bits - exponent, significand: 1)
      let number = Int((Double(value) * scale).rounded())
      var bytes = [UInt8](repeating: 0, count: bits / 8)
      put(&bytes, 0, word: number, width: bits / 8)
      return isOld && bits == 32 ? [bytes[2], bytes[3], bytes[0], bytes[1]] : bytes
    }
  }

  private func put(_ bytes: inout [UInt8], _ offset: Int, word: Int, width: Int) {
    for index in 0..<width {
      let place = isBigEndian ? width - 1 - index : index
      bytes[offset + place] = UInt8(truncatingIfNeeded: word >> (8 * index))
    }
  }

  private func put(_ bytes: inout [UInt8], _ offset: Int, float: Float) {
    put(&bytes, offset, word: Int(float.bitPattern), width: 4)
  }

  private func put(_ bytes: inout [UInt8], _ offset: Int, bits: UInt64) {
    put(&bytes, offset, word: Int(truncatingIfNeeded: bits), width: 8)
  }
}
