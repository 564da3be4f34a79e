/// Text of files as UTF-8.
enum SpectrumText {
  /// The bytes as UTF-8 where they are UTF-16, as Excel's "Unicode text" is; else as they are.
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 4 else { return bytes }
    if bytes.starts(with: [0xFF, 0xFE]), bytes[2] != 0 || bytes[3] != 0 {
      return converted(bytes.dropFirst(2), lowByteFirst: true) ?? bytes
    }
    if bytes.starts(with: [0xFE, 0xFF]) {
      return converted(bytes.dropFirst(2), lowByteFirst: false) ?? bytes
    }
    let start = bytes.prefix(64)
    guard start.count == 64 else { return bytes }
    // Without a mark: every second byte of plain letters is zero.
    for isLow in [true, false] {
      let isText = start.enumerated().allSatisfy { index, byte in
        index.isMultiple(of: 2) == isLow ? byte >= 9 && byte < 127 : byte == 0
      }
      if isText { return converted(bytes[...], lowByteFirst: isLow) ?? bytes }
    }
    return bytes
  }

  private static func converted(_ bytes: ArraySlice<UInt8>, lowByteFirst: Bool) -> [UInt8]? {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (low, high) =
        lowByteFirst ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
      units.append(UInt16(high) << 8 | UInt16(low))
      index += 2
    }
    guard let text = String(validating: units, as: UTF16.self), !text.utf8.contains(0) else {
      return nil
    }
    return Array(text.utf8)
  }
}
