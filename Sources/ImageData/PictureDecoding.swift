/// How many of a picture file's pixels are computed before it is resized.
public enum PictureDecoding: String, Codable, Hashable, Sendable, CaseIterable {
  /// All of them.
  case whole

  /// Of JPEG files a half, quarter or eighth in each direction, by the lower frequencies of each block,
  /// where twice the size that the network needs is left; other files whole.
  ///
  /// The resized picture differs slightly from that of the whole one, and so do scores and maps.
  case scaled
}

extension ImagePreprocessing {
  /// What both sides of a picture may be divided by while its file is decoded.
  ///
  /// - Parameters:
  ///   - width: Columns of the upright picture.
  ///   - height: Its rows.
  /// - Returns: 1, 2, 4 or 8.
  func decodingDivisor(width: Int, height: Int) -> Int {
    guard decoding == .scaled else { return 1 }
    let needed = resizedSize(width: width, height: height)
    return [8, 4, 2].first { width >= 2 * $0 * needed.width && height >= 2 * $0 * needed.height }
      ?? 1
  }
}
