extension Picture {
  /// The picture resized to the given extents; the sides may change by different factors.
  ///
  /// Columns first, then rows, each rounded to 8 bits, so that results equal those of the Python
  /// imaging library (the weights are rounded to 22 binary digits, as there).
  ///
  /// - Parameters:
  ///   - width: Columns of the result, at least one.
  ///   - height: Rows of the result, at least one.
  ///   - interpolation: How pixels are computed.
  /// - Returns: A picture of `width` by `height` pixels.
  package func resized(width: Int, height: Int, interpolation: Interpolation) -> Picture {
    precondition(width > 0 && height > 0, "a picture needs at least one pixel")
    guard let support = interpolation.support else {
      return resizedByNearestPixel(width: width, height: height)
    }
    var result = self
    if width != self.width {
      let weights = ResamplingWeights(
        from: self.width, to: width, interpolation: interpolation, support: support)
      result = result.resamplingColumns(weights)
    }
    if height != self.height {
      let weights = ResamplingWeights(
        from: self.height, to: height, interpolation: interpolation, support: support)
      result = result.resamplingRows(weights)
    }
    return result
  }

  /// The picture resized without distortion so that it just fits, in the middle of an even ground.
  ///
  /// - Parameters:
  ///   - width: Columns of the result, at least one.
  ///   - height: Rows of the result, at least one.
  ///   - interpolation: How pixels are computed.
  ///   - padding: The sample of all channels around it.
  /// - Returns: A picture of `width` by `height` pixels.
  public func fitted(
    width: Int, height: Int, interpolation: Interpolation, padding: UInt8
  ) -> Picture {
    let scale = min(Double(width) / Double(self.width), Double(height) / Double(self.height))
    let columns = max(1, min(width, Int((Double(self.width) * scale).rounded())))
    let rows = max(1, min(height, Int((Double(self.height) * scale).rounded())))
    let inner = resized(width: columns, height: rows, interpolation: interpolation)
    var samples = [UInt8](repeating: padding, count: 3 * width * height)
    let (left, top) = ((width - columns) / 2, (height - rows) / 2)
    for row in 0..<rows {
      let source = 3 * row * columns
      let target = 3 * ((top + row) * width + left)
      samples.replaceSubrange(
        target..<target + 3 * columns, with: inner.pixels[source..<source + 3 * columns])
    }
    return Picture(width: width, height: height, pixels: samples)
  }

  private func resizedByNearestPixel(width: Int, height: Int) -> Picture {
    let columns = nearestIndices(from: self.width, to: width)
    let rows = nearestIndices(from: self.height, to: height)
    var samples: [UInt8] = []
    samples.reserveCapacity(3 * width * height)
    for row in rows {
      for column in columns {
        let offset = 3 * (row * self.width + column)
        samples += pixels[offset..<offset + 3]
      }
    }
    return Picture(width: width, height: height, pixels: samples)
  }

  private func resamplingColumns(_ weights: ResamplingWeights) -> Picture {
    let newWidth = weights.windows.count
    var samples = [UInt8](repeating: 0, count: 3 * newWidth * height)
    for row in 0..<height {
      let rowStart = 3 * row * width
      var destination = 3 * row * newWidth
      for window in weights.windows {
        var (red, green, blue) = (weights.half, weights.half, weights.half)
        var source = rowStart + 3 * window.first
        for index in window.weights {
          let weight = weights.values[index]
          red &+= weight &* Int32(pixels[source])
          green &+= weight &* Int32(pixels[source + 1])
          blue &+= weight &* Int32(pixels[source + 2])
          source += 3
        }
        samples[destination] = weights.sample(red)
        samples[destination + 1] = weights.sample(green)
        samples[destination + 2] = weights.sample(blue)
        destination += 3
      }
    }
    return Picture(width: newWidth, height: height, pixels: samples)
  }

  private func resamplingRows(_ weights: ResamplingWeights) -> Picture {
    let rowLength = 3 * width
    var samples = [UInt8](repeating: 0, count: rowLength * weights.windows.count)
    var sums = [Int32](repeating: 0, count: rowLength)
    for (row, window) in weights.windows.enumerated() {
      for index in 0..<rowLength { sums[index] = weights.half }
      var source = window.first * rowLength
      for weightIndex in window.weights {
        let weight = weights.values[weightIndex]
        for index in 0..<rowLength { sums[index] &+= weight &* Int32(pixels[source + index]) }
        source += rowLength
      }
      for index in 0..<rowLength { samples[row * rowLength + index] = weights.sample(sums[index]) }
    }
    return Picture(width: width, height: weights.windows.count, pixels: samples)
  }
}

/// The original index under the center of each new one.
private func nearestIndices(from count: Int, to newCount: Int) -> [Int] {
  let scale = Double(count) / Double(newCount)
  return (0..<newCount).map { min(count - 1, Int((Double($0) + 0.5) * scale)) }
}

/// The weights with which one axis is resampled, in fixed point.
private struct ResamplingWeights {
  /// The originals that one new sample averages.
  struct Window {
    /// The first original.
    let first: Int

    /// Where the weights stand in `values`.
    let weights: Range<Int>
  }

  /// Binary digits after the point; a weight times 255 summed stays inside 32 bits.
  private static let digits: Int32 = 22

  /// One half, added so that shifting rounds.
  let half: Int32 = 1 << (ResamplingWeights.digits - 1)

  private(set) var windows: [Window] = []
  private(set) var values: [Int32] = []

  init(from count: Int, to newCount: Int, interpolation: Interpolation, support: Double) {
    let scale = Double(count) / Double(newCount)
    let widening = max(scale, 1)
    let reach = support * widening
    for index in 0..<newCount {
      let center = (Double(index) + 0.5) * scale
      let first = max(0, Int(center - reach + 0.5))
      let end = min(count, Int(center + reach + 0.5))
      let raw = (first..<end).map {
        interpolation.kernel((Double($0) - center + 0.5) / widening)
      }
      let total = raw.reduce(0, +)
      let start = values.count
      values += raw.map {
        Int32(
          ($0 / total * Double(1 << ResamplingWeights.digits)).rounded(.toNearestOrAwayFromZero))
      }
      windows.append(Window(first: first, weights: start..<values.count))
    }
  }

  /// The sample that a fixed-point sum stands for, clipped to 0…255.
  func sample(_ sum: Int32) -> UInt8 {
    UInt8(clamping: sum >> ResamplingWeights.digits)
  }
}
