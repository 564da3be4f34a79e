import Foundation

/// The raw data of an initializer: bytes in memory, or a place in a file that is read when needed.
///
/// Bytes of a mapped file would stay in memory beside the numbers that are made of them.
enum RawData: Sendable {
  case memory(Data)
  case file(URL, Range<Int>)

  /// The bytes.
  ///
  /// - Throws: `ONNXError` when the file is gone or has become shorter.
  func bytes() throws(ONNXError) -> Data {
    switch self {
    case .memory(let data): return data
    case .file(let url, let range):
      do {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(range.lowerBound))
        if let data = try handle.read(upToCount: range.count), data.count == range.count {
          return data
        }
      } catch {
        throw ONNXError(
          .unreadable, "\(url.path): cannot be read any more: \(error.localizedDescription)")
      }
      throw ONNXError(.unreadable, "\(url.path): has become shorter while it was read")
    }
  }
}
