/// Sums over masks and their scores: the mean of masks weighted by scores, and its standard error.
struct MaskMoments {
  /// What is estimated of them.
  struct Estimate {
    /// Whether the mean score is subtracted from scores.
    let subtractsMean: Bool
    /// What share of a position is shown on average; nil takes what was shown.
    let expectedShare: Double?
  }

  /// The sums at one position over masks `M` with scores `s`.
  private struct Sums {
    var mask = 0.0
    var score = 0.0
    var squaredScore = 0.0
    var squaredMask = 0.0
    var squaredMaskScore = 0.0
    var squared = 0.0
  }

  /// How many masks there were.
  private(set) var count = 0

  private var sums: [Sums]
  private var score = 0.0
  private var squaredScore = 0.0

  init(_ positionCount: Int) {
    sums = [Sums](repeating: Sums(), count: positionCount)
  }

  /// Takes a mask and its score into account.
  mutating func add(_ mask: [Float], _ score: Double) {
    count += 1
    self.score += score
    squaredScore += score * score
    for place in sums.indices {
      let share = Double(mask[place])
      guard share != 0 else { continue }
      let product = share * score
      sums[place].mask += share
      sums[place].score += product
      sums[place].squaredScore += product * score
      sums[place].squaredMask += share * share
      sums[place].squaredMaskScore += share * product
      sums[place].squared += product * product
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
