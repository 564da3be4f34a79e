import ImageData

extension Picture {
  /// The picture resized sample by sample with weights of 22 binary digits: columns, then rows.
  func literallyResized(_ width: Int, _ height: Int, _ interpolation: Interpolation) -> Picture {
    let rows = (0..<self.height).map { row in
      (0..<3).map { channel in
        resampled(
          (0..<self.width).map { pixels[3 * (row * self.width + $0) + channel] }, width,
          interpolation)
      }
    }
    let columns = (0..<width).map { column in
      (0..<3).map { channel in
        resampled(rows.map { $0[channel][column] }, height, interpolation)
      }
    }
    return Picture(
      width: width, height: height,
      pixels: (0..<height).flatMap { row in
        columns.flatMap { column in column.map { $0[row] } }
      })
  }
}

/// One line of samples with another length.
private func resampled(
  _ line: [UInt8], _ count: Int, _ interpolation: Interpolation
) -> [UInt8] {
  if count == line.count { return line }
  let scale = Double(line.count) / Double(count)
  let widening = max(1, scale)
  let reach = widening * (interpolation == .bilinear ? 1 : 2)
  return (0..<count).map { index in
    let center = (Double(index) + 0.5) * scale
    let window = max(0, Int(center - reach + 0.5))..<min(line.count, Int(center + reach + 0.5))
    let raw = window.map { kernel((Double($0) + 0.5 - center) / widening, interpolation) }
    let total = raw.reduce(0, +)
    let sum = zip(window, raw).reduce(0) { sum, tap in
      sum + Int((tap.1 / total * 4_194_304).rounded()) * Int(line[tap.0])
    }
    return UInt8(clamping: (sum + 2_097_152) >> 22)
  }
}

/// The triangle, or the cubic of Keys with a = -1/2.
private func kernel(_ distance: Double, _ interpolation: Interpolation) -> Double {
  let x = abs(distance)
  if interpolation == .bilinear { return max(0, 1 - x) }
  if x < 1 { return 1.5 * x * x * x - 2.5 * x * x + 1 }
  return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0
}
