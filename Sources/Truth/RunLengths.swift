package import ImageData

/// A mask as lengths of runs down its columns, from the left; the first run is outside.
package struct RunLengths: Hashable, Sendable {
  /// Columns and rows of the picture.
  package let size: PictureSize

  /// The lengths; together all pixels.
  package let counts: [Int]

  /// Checks lengths.
  ///
  /// - Parameters:
  ///   - counts: The lengths of runs.
  ///   - size: Columns and rows of the picture.
  /// - Throws: `TruthError` when a length is negative, or they are not as many pixels as the picture has.
  package init(_ counts: [Int], size: PictureSize) throws(TruthError) {
    guard let pixelCount = size.pixelCount else {
      throw TruthError(.malformedFile, "\(size.width)×\(size.height) is no size of a picture")
    }
    var total = 0
    for count in counts {
      guard count >= 0, count <= pixelCount - total else {
        throw TruthError(
          .malformedFile,
          "the runs of a mask go beyond the \(size.width)×\(size.height) pixels of its picture")
      }
      total += count
    }
    guard total == pixelCount else {
      throw TruthError(
        .malformedFile,
        "the runs of a mask are \(total) pixels, but its picture has \(size.width)×\(size.height)")
    }
    self.size = size
    self.counts = counts
  }

  /// Reads lengths as COCO writes them in text: five bits a letter from the lowest, and from the fourth
  /// length on the difference to the one before the last.
  ///
  /// - Parameters:
  ///   - text: The letters.
  ///   - size: Columns and rows of the picture.
  /// - Throws: `TruthError` when the text is cut off, or the lengths do not fit.
  package init(text: String, size: PictureSize) throws(TruthError) {
    var counts: [Int] = []
    var (value, shift) = (0, 0)
    for byte in text.utf8 {
      let digit = Int(byte) - 48
      guard (0..<64).contains(digit), shift <= 50 else {
        throw TruthError(.malformedFile, "the runs of a mask hold letters that mean nothing")
      }
      value |= (digit & 0x1F) << shift
      shift += 5
      if digit & 0x20 != 0 { continue }
      if digit & 0x10 != 0 { value |= -1 << shift }
      let before = counts.count > 2 ? counts[counts.count - 2] : 0
      let (count, overflow) = value.addingReportingOverflow(before)
      counts.append(overflow ? -1 : count)
      (value, shift) = (0, 0)
    }
    guard shift == 0 else { throw TruthError(.malformedFile, "the runs of a mask are cut off") }
    try self.init(counts, size: size)
  }

  /// The mask.
  package var mask: PictureMask {
    var isInside = [Bool](repeating: false, count: size.width * size.height)
    var (place, inRun) = (0, false)
    for count in counts {
      if inRun {
        for pixel in place..<place + count {
          isInside[pixel % size.height * size.width + pixel / size.height] = true
        }
      }
      place += count
      inRun.toggle()
    }
    return PictureMask(width: size.width, height: size.height, isInside: isInside)
  }
}

extension PictureSize {
  /// Columns times rows; nil where that is no picture that could be read.
  var pixelCount: Int? {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, count <= Picture.maximumPixelCount else { return nil }
    return count
  }
}
