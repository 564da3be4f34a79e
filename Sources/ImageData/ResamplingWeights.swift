/// The weights with which one axis is resampled, in fixed point, two neighbours at a time.
///
/// A weight of 22 binary digits is kept as two numbers of 16 bits, because processors multiply and
/// add pairs of those in one instruction; the sums are those of whole weights.
struct ResamplingWeights {
  /// Binary digits after the point; a weight times 255 summed stays inside 32 bits.
  private static let digits: Int32 = 22

  /// Binary digits of the lower numbers.
  private static let lowDigits: Int32 = 11

  /// The first original that each new sample averages.
  let firsts: [Int]

  /// How many pairs of originals each averages; weights behind the last one are zero.
  let pairCount: Int

  /// The originals that are averaged at all.
  let originals: Range<Int>

  /// The upper and lower parts of the weights of each pair, for four samples.
  private let high: [SIMD8<Int16>]
  private let low: [SIMD8<Int16>]

  /// Computes the weights of a part of the new samples.
  ///
  /// - Parameters:
  ///   - count: How many originals there are.
  ///   - newCount: How many new samples there are.
  ///   - interpolation: The kernel.
  ///   - support: Half of its width.
  ///   - part: The new samples that are wanted, at least one.
  init(
    from count: Int, to newCount: Int, interpolation: Interpolation, support: Double,
    part: Range<Int>
  ) {
    let scale = Double(count) / Double(newCount)
    let widening = max(scale, 1)
    let reach = support * widening
    let windows = part.map { index -> Range<Int> in
      let center = (Double(index) + 0.5) * scale
      return max(0, Int(center - reach + 0.5))..<min(count, Int(center + reach + 0.5))
    }
    pairCount = ((windows.map(\.count).max() ?? 0) + 1) / 2
    firsts = windows.map(\.lowerBound)
    originals = (firsts.first ?? 0)..<(windows.last?.upperBound ?? 0)
    var (high, low): ([SIMD8<Int16>], [SIMD8<Int16>]) = ([], [])
    for (index, window) in zip(part, windows) {
      let center = (Double(index) + 0.5) * scale
      let raw = window.map { interpolation.kernel((Double($0) - center + 0.5) / widening) }
      let total = raw.reduce(0, +)
      var weights = raw.map {
        Int32(($0 / total * Double(1 << Self.digits)).rounded(.toNearestOrAwayFromZero))
      }
      weights += Array(repeating: 0, count: 2 * pairCount - weights.count)
      for place in stride(from: 0, to: weights.count, by: 2) {
        let pair = SIMD2(weights[place], weights[place + 1])
        high.append(Self.repeated(pair &>> Self.lowDigits))
        low.append(Self.repeated(pair & ((1 << Self.lowDigits) - 1)))
      }
    }
    (self.high, self.low) = (high, low)
  }

  private static func repeated(_ pair: SIMD2<Int32>) -> SIMD8<Int16> {
    let pair = SIMD2<Int16>(truncatingIfNeeded: pair)
    return SIMD8(pair.x, pair.y, pair.x, pair.y, pair.x, pair.y, pair.x, pair.y)
  }

  /// Averages of four neighbouring samples.
  ///
  /// - Parameters:
  ///   - index: Which of the new samples they are.
  ///   - pairs: Originals, each before its successor along the axis.
  ///   - start: Where the first four pairs stand.
  ///   - stride: From four pairs to those two originals further.
  /// - Returns: Four samples, 0…255.
  @inline(__always)
  func samples(
    at index: Int, _ pairs: Span<Int16>, start: Int, stride: Int
  ) -> SIMD4<Int32> {
    let (high, low) = (high.span, low.span)
    var (upper, lower) = (SIMD4<Int32>(), SIMD4<Int32>())
    var place = start
    for pair in index * pairCount..<(index + 1) * pairCount {
      // As eight numbers of a range they are loaded at once.
      let part = pairs.extracting(place..<place + 8)
      let values = SIMD8(
        part[0], part[1], part[2], part[3], part[4], part[5], part[6], part[7])
      upper &+= Self.pairSums(values, high[pair])
      lower &+= Self.pairSums(values, low[pair])
      place &+= stride
    }
    let half = SIMD4<Int32>(repeating: 1 << (Self.digits - 1))
    let sums = (upper &<< Self.lowDigits) &+ lower &+ half
    return (sums &>> Self.digits).clamped(
      lowerBound: SIMD4(repeating: 0), upperBound: SIMD4(repeating: 255))
  }

  /// Products of 16-bit numbers, each pair of neighbours added: one instruction on most processors.
  @inline(__always)
  private static func pairSums(_ first: SIMD8<Int16>, _ second: SIMD8<Int16>) -> SIMD4<Int32> {
    let products =
      SIMD8<Int32>(truncatingIfNeeded: first) &* SIMD8<Int32>(truncatingIfNeeded: second)
    return products.evenHalf &+ products.oddHalf
  }
}
