import CZLIB

/// The calls into zlib; the only unsafe file of the target.
///
/// Pointers live inside one call, every status is read before its result is used.
package enum Zlib {
  /// How many bytes one compressed byte can stand for at most.
  ///
  /// A match gives 258 bytes and costs at least two bits.
  static let largestExpansion = 1032

  /// The checksum CRC-32 of a part of `bytes`, or of bytes with the checksum `former` and that part.
  package static func checksum(
    _ bytes: [UInt8], _ range: Range<Int>, after former: UInt32 = 0
  ) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      let part = unsafe UnsafeBufferPointer(rebasing: buffer[range])
      guard !part.isEmpty else { return former }
      return UInt32(unsafe crc32_z(uLong(former), part.baseAddress, part.count))
    }
  }

  /// The checksum Adler-32 of `bytes` (RFC 1950).
  package static func adler32(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      UInt32(unsafe adler32_z(1, buffer.baseAddress, buffer.count))
    }
  }

  /// The bytes that a deflated part of `bytes` stands for.
  ///
  /// - Parameters:
  ///   - bytes: A file.
  ///   - range: Where in it a bare stream of RFC 1951 lies, less than 4 GB.
  ///   - count: What the file says of the number of bytes, less than 4 GB.
  /// - Returns: The bytes; nil unless they are `count` in number and nothing follows them.
  static func expanded(_ bytes: [UInt8], _ range: Range<Int>, count: Int) -> [UInt8]? {
    var stream = unsafe z_stream()
    guard
      unsafe inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return nil }
    defer { unsafe inflateEnd(&stream) }
    let result = unsafe run(&stream, bytes, range, capacity: count) {
      unsafe inflate(&$0, Z_FINISH)
    }
    guard let result, result.count == count, unsafe stream.avail_in == 0 else { return nil }
    return result
  }

  /// The bytes that a part of `bytes` stands for, when the file does not say how many they are.
  ///
  /// - Parameters:
  ///   - bytes: A file.
  ///   - range: Where in it a stream of zlib (RFC 1950) or gzip (RFC 1952) lies; several of gzip one
  ///     after another stand for all of their bytes.
  ///   - limit: How many bytes are too many.
  /// - Returns: The bytes; nil when the stream is damaged, does not end, or stands for more.
  package static func unpacked(_ bytes: [UInt8], _ range: Range<Int>, limit: Int) -> [UInt8]? {
    var result: [UInt8] = []
    var start = range.lowerBound
    repeat {
      guard appendStream(in: bytes, at: &start, to: range.upperBound, &result, limit) else {
        return nil
      }
    } while start + 2 < range.upperBound && bytes[start] == 0x1F && bytes[start + 1] == 0x8B
    return result
  }

  /// Appends what one stream stands for and steps over it.
  private static func appendStream(
    in bytes: [UInt8], at start: inout Int, to end: Int, _ result: inout [UInt8], _ limit: Int
  ) -> Bool {
    var stream = unsafe z_stream()
    // 32 lets zlib tell the two forms.
    guard
      unsafe inflateInit2_(
        &stream, MAX_WBITS + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return false }
    defer { unsafe inflateEnd(&stream) }
    var status = Z_OK
    let capacity = 1 << 16
    while status == Z_OK, result.count <= limit {
      result += unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
        unsafe bytes.withUnsafeBufferPointer { buffer in
          let input = unsafe UnsafeBufferPointer(
            rebasing: buffer[start..<min(end, start + 1 << 30)])
          unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
          unsafe stream.avail_in = uInt(input.count)
          unsafe stream.next_out = output.baseAddress
          unsafe stream.avail_out = uInt(capacity)
          status = unsafe inflate(&stream, Z_NO_FLUSH)
          count = unsafe capacity - Int(stream.avail_out)
          start += unsafe input.count - Int(stream.avail_in)
        }
      }
    }
    return status == Z_STREAM_END && result.count <= limit
  }

  /// The bytes as a bare stream of RFC 1951.
  ///
  /// - Parameter bytes: Less than 4 GB.
  /// - Returns: The stream; nil when there is no memory for it.
  static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = unsafe z_stream()
    guard
      unsafe deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL - 1,
        Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { unsafe deflateEnd(&stream) }
    let capacity = Int(unsafe deflateBound(&stream, uLong(bytes.count)))
    return unsafe run(&stream, bytes, bytes.indices, capacity: capacity) {
      unsafe deflate(&$0, Z_FINISH)
    }
  }

  /// What one call makes of a part of `bytes`; nil when it does not reach the end of the stream.
  private static func run(
    _ stream: inout z_stream, _ bytes: [UInt8], _ range: Range<Int>, capacity: Int,
    _ call: (inout z_stream) -> Int32
  ) -> [UInt8]? {
    var status = Z_OK
    // One byte more than can be written: zlib wants a place even for nothing.
    let result = unsafe [UInt8](unsafeUninitializedCapacity: capacity + 1) { output, count in
      unsafe bytes.withUnsafeBufferPointer { buffer in
        let input = unsafe UnsafeBufferPointer(rebasing: buffer[range])
        unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.avail_in = uInt(input.count)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = uInt(capacity)
        unsafe status = call(&stream)
        count = unsafe Int(stream.total_out)
      }
    }
    return status == Z_STREAM_END ? result : nil
  }
}
