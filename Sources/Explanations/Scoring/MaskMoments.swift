/// Sums over masks and their scores: the mean of masks weighted by scores, and its standard error.
struct MaskMoments {
  /// What is estimated of them.
  struct Estimate {
    /// Whether the mean score is subtracted from scores.
    let subtractsMean: Bool
    /// What share of a position is shown on average; nil takes what was shown.
    let expectedShare: Double?
  }

  /// The sums at one position over masks `M` with scores `s`, each of `M` and of `M²`.
  private struct Sums {
    var plain = SIMD2<Double>()
    var scored = SIMD2<Double>()
    var scoredTwice = SIMD2<Double>()

    var mask: Double { plain.x }
    var squaredMask: Double { plain.y }
    var score: Double { scored.x }
    var squaredMaskScore: Double { scored.y }
    var squaredScore: Double { scoredTwice.x }
    var squared: Double { scoredTwice.y }
  }

  /// How many positions are summed at a time, so that their sums stay in the nearest cache.
  private static let tile = 256

  /// How many masks there were.
  private(set) var count = 0

  private var sums: [Sums]
  private var score = 0.0
  private var squaredScore = 0.0

  init(_ positionCount: Int) {
    sums = [Sums](repeating: Sums(), count: positionCount)
  }

  /// Takes masks and their scores into account.
  mutating func add(_ masks: [[Float]], _ scores: [Double]) {
    count += masks.count
    for score in scores {
      self.score += score
      squaredScore += score * score
    }
    for start in stride(from: 0, to: sums.count, by: Self.tile) {
      let places = start..<min(start + Self.tile, sums.count)
      for (mask, score) in zip(masks, scores) { add(mask, score, at: places) }
    }
  }

  private mutating func add(_ mask: [Float], _ score: Double, at places: Range<Int>) {
    let squaredScore = score * score
    for place in places {
      let share = Double(mask[place])
      guard share != 0 else { continue }
      let powers = SIMD2(share, share * share)
      sums[place].plain += powers
      sums[place].scored += powers * score
      sums[place].scoredTwice += powers * squaredScore
    }
  }

  /// The estimate at every position with its standard error.
  ///
  /// The estimate is a function of means; to first order it errs by the mean of
  /// `α M s + β M + γ s` less its expectation, whose variance over masks is known.
  func finding(_ estimate: Estimate) -> MaskFinding {
    guard count > 0 else { return MaskFinding(map: sums.map { _ in 0 }) }
    let number = Double(count)
    let mean = score / number
    let base = estimate.subtractsMean ? mean : 0
    var (map, errors) = ([Double](), [Double]())
    for place in sums {
      let (shown, product) = (place.mask / number, place.score / number)
      guard shown > 0 else {
        map.append(0)
        errors.append(0)
        continue
      }
      let share = estimate.expectedShare ?? shown
      map.append((product - base * shown) / share)
      let ownMean = estimate.expectedShare == nil ? product / shown : base
      let slopes = (
        product: 1 / share, mask: -ownMean / share,
        score: estimate.subtractsMean ? -shown / share : 0
      )
      errors.append(standardError(place, slopes))
    }
    return MaskFinding(map: map, standardErrors: errors)
  }

  /// The standard error of the mean of `α M s + β M + γ s`.
  private func standardError(
    _ place: Sums, _ slopes: (product: Double, mask: Double, score: Double)
  ) -> Double {
    let number = Double(count)
    let (a, b, c) = (slopes.product, slopes.mask, slopes.score)
    let mean = (a * place.score + b * place.mask + c * score) / number
    let square =
      (a * a * place.squared + b * b * place.squaredMask + c * c * squaredScore
        + 2 * (a * b * place.squaredMaskScore + a * c * place.squaredScore + b * c * place.score))
      / number
    return (max(0, square - mean * mean) / max(1, number - 1)).squareRoot()
  }
}

extension MaskFinding {
  /// The mean standard error, as a share of the range of the map; nil where there is no error or range.
  var relativeError: Double? {
    guard let standardErrors, let least = map.min(), let largest = map.max(), largest > least else {
      return nil
    }
    return standardErrors.reduce(0, +) / Double(standardErrors.count) / (largest - least)
  }
}
