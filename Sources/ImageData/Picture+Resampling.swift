extension Picture {
  /// The given rows with new columns; the weights say which.
  func resamplingColumns(_ weights: ResamplingWeights, rows: Range<Int>) -> Picture {
    let newLength = 3 * weights.firsts.count
    var samples = [UInt8](repeating: 0, count: newLength * rows.count)
    var written = samples.mutableSpan
    let columns = weights.originals
    let length = 3 * columns.count
    // Each sample beside that of the next pixel; behind the last one there are zeros.
    var pairs = [Int16](repeating: 0, count: 2 * (length + 6 * weights.pairCount + 4))
    for row in rows {
      let start = 3 * (row * width + columns.lowerBound)
      let line = pixels.span.extracting(start..<start + length)
      var interleaved = pairs.mutableSpan
      interleave(
        line.extracting(0..<length - 3), line.extracting(3..<length), into: &interleaved)
      for place in length - 3..<length { interleaved[2 * place] = Int16(line[place]) }
      var destination = (row - rows.lowerBound) * newLength
      for column in weights.firsts.indices {
        let first = weights.firsts[column] - columns.lowerBound
        let color = weights.samples(at: column, pairs.span, start: 6 * first, stride: 12)
        written[destination] = UInt8(truncatingIfNeeded: color[0])
        written[destination &+ 1] = UInt8(truncatingIfNeeded: color[1])
        written[destination &+ 2] = UInt8(truncatingIfNeeded: color[2])
        destination &+= 3
      }
    }
    return Picture(width: weights.firsts.count, height: rows.count, pixels: samples)
  }

  /// The picture with new rows; its first row is the given one of those that the weights know.
  func resamplingRows(_ weights: ResamplingWeights, first: Int) -> Picture {
    let (length, blockLength) = (3 * width, 192)
    var samples = [UInt8](repeating: 0, count: length * weights.firsts.count)
    var written = samples.mutableSpan
    // Behind the last row there are zeros.
    var pairs = [Int16](repeating: 0, count: (height + 2 * weights.pairCount) * 2 * blockLength)
    for block in stride(from: 0, to: length, by: blockLength) {
      let count = min(blockLength, length - block)
      interleaveRows(from: block, count: count, blockLength, into: &pairs)
      for row in weights.firsts.indices {
        let top = (weights.firsts[row] - first) * 2 * blockLength
        let destination = row * length + block
        for place in stride(from: 0, to: count, by: 4) {
          let four = weights.samples(
            at: row, pairs.span, start: top + 2 * place, stride: 4 * blockLength)
          for lane in 0..<min(4, count - place) {
            written[destination + place + lane] = UInt8(truncatingIfNeeded: four[lane])
          }
        }
      }
    }
    return Picture(width: width, height: weights.firsts.count, pixels: samples)
  }

  /// Puts samples of every row beside those below them.
  private func interleaveRows(
    from start: Int, count: Int, _ blockLength: Int, into pairs: inout [Int16]
  ) {
    var pairs = pairs.mutableSpan
    for row in 0..<height {
      let source = row * 3 * width + start
      let line = pixels.span.extracting(source..<source + count)
      let target = row * 2 * blockLength
      if row + 1 < height {
        let below = pixels.span.extracting(source + 3 * width..<source + 3 * width + count)
        var part = pairs._mutatingExtracting(target..<target + 2 * count)
        interleave(line, below, into: &part)
      } else {
        for place in 0..<count {
          pairs[target + 2 * place] = Int16(line[place])
          pairs[target + 2 * place + 1] = 0
        }
      }
    }
  }
}

/// Numbers of two rows in turn.
private func interleave(
  _ first: Span<UInt8>, _ second: Span<UInt8>, into pairs: inout MutableSpan<Int16>
) {
  for place in 0..<first.count {
    pairs[2 &* place] = Int16(first[place])
    pairs[2 &* place &+ 1] = Int16(second[place])
  }
}
