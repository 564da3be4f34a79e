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
    resized(
      width: width, height: height, interpolation: interpolation, columns: 0..<width,
      rows: 0..<height)
  }

  /// A part of the resized picture; nothing else is computed.
  ///
  /// - Parameters:
  ///   - width: Columns of the whole result, at least one.
  ///   - height: Rows of the whole result, at least one.
  ///   - interpolation: How pixels are computed.
  ///   - columns: The columns of the part, at least one; they lie in the whole.
  ///   - rows: The rows of the part, at least one; they lie in the whole.
  /// - Returns: What cropping the resized picture gives.
  package func resized(
    width: Int, height: Int, interpolation: Interpolation, columns: Range<Int>, rows: Range<Int>
  ) -> Picture {
    precondition(width > 0 && height > 0, "a picture needs at least one pixel")
    guard let support = interpolation.support else {
      return resizedByNearestPixel(width: width, height: height).cropped(columns, rows)
    }
    let vertical = ResamplingWeights(
      from: self.height, to: height, interpolation: interpolation, support: support, part: rows)
    // Rows that no row of the part is made of are left out before columns are resampled.
    let source = height == self.height ? rows : vertical.originals
    let narrowed: Picture
    if width == self.width {
      narrowed = cropped(columns, source)
    } else {
      let horizontal = ResamplingWeights(
        from: self.width, to: width, interpolation: interpolation, support: support, part: columns)
      narrowed = resamplingColumns(horizontal, rows: source)
    }
    if height == self.height { return narrowed }
    return narrowed.resamplingRows(vertical, first: source.lowerBound)
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
    let (original, input) = ((self.width, self.height), (width, height))
    let placement = PicturePlacement(
      picture: original, resized: Self.fittedSize(of: original, in: input), input: input)
    return placed(placement, interpolation: interpolation, padding: padding)
  }

  /// The picture at the positions of a network.
  ///
  /// - Parameters:
  ///   - placement: Where they lie on a picture of this size.
  ///   - interpolation: How pixels are computed.
  ///   - padding: The sample of all channels where there is no picture.
  /// - Returns: A picture with the rows and columns of the network's input.
  func placed(
    _ placement: PicturePlacement, interpolation: Interpolation, padding: UInt8
  ) -> Picture {
    let (columns, rows) = (placement.columns, placement.rows)
    let inner = resized(
      width: placement.resizedWidth, height: placement.resizedHeight,
      interpolation: interpolation, columns: columns, rows: rows)
    let (width, height) = (placement.width, placement.height)
    if inner.width == width && inner.height == height { return inner }
    var samples = [UInt8](repeating: padding, count: 3 * width * height)
    for row in rows {
      let source = 3 * (row - rows.lowerBound) * columns.count
      let target = 3 * ((row - placement.top) * width + columns.lowerBound - placement.left)
      samples.replaceSubrange(
        target..<target + 3 * columns.count,
        with: inner.pixels[source..<source + 3 * columns.count])
    }
    return Picture(width: width, height: height, pixels: samples)
  }

  /// The largest size of the same proportions within another.
  static func fittedSize(
    of size: (width: Int, height: Int), in limit: (width: Int, height: Int)
  ) -> (width: Int, height: Int) {
    let scale = min(
      Double(limit.width) / Double(size.width), Double(limit.height) / Double(size.height))
    return (
      max(1, min(limit.width, Int((Double(size.width) * scale).rounded()))),
      max(1, min(limit.height, Int((Double(size.height) * scale).rounded())))
    )
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

  private func cropped(_ columns: Range<Int>, _ rows: Range<Int>) -> Picture {
    cropped(
      left: columns.lowerBound, top: rows.lowerBound, width: columns.count, height: rows.count)
  }
}

/// The original index under the center of each new one.
private func nearestIndices(from count: Int, to newCount: Int) -> [Int] {
  let scale = Double(count) / Double(newCount)
  return (0..<newCount).map { min(count - 1, Int((Double($0) + 0.5) * scale)) }
}
