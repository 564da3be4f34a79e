/// The infill of pictures with gaps at the same places, four channels at once.
struct PictureInfill {
  typealias Channels = InfillLevel.Channels

  private let finest: InfillLevel
  private let hierarchy: InfillHierarchy
  private let isKnown: [Bool]

  /// Prepares for gaps.
  ///
  /// - Parameters:
  ///   - height: The number of rows.
  ///   - width: The number of columns.
  ///   - isKnown: For each place in row-major order whether it is known; at least one is.
  init(height: Int, width: Int, isKnown: [Bool]) {
    self.isKnown = isKnown
    finest = InfillLevel(height: height, width: width) { !isKnown[$0 * width + $1] }
    hierarchy = InfillHierarchy(finest)
  }

  /// Fills gaps of up to four channels.
  ///
  /// - Parameters:
  ///   - values: All values.
  ///   - starts: Where channels begin in them.
  ///   - tolerance: The largest error, in times the range of what is known.
  func fill(_ values: inout [Float], channelsAt starts: [Int], tolerance: Float) {
    var picture = [Channels](repeating: .zero, count: finest.count)
    var (least, largest) = (
      Channels(repeating: .infinity), Channels(repeating: -.infinity)
    )
    for row in 0..<finest.height {
      for column in 0..<finest.width where isKnown[row * finest.width + column] {
        var value = Channels.zero
        for (lane, start) in starts.enumerated() {
          value[lane] = values[start + row * finest.width + column]
        }
        picture[(row + 1) * finest.stride + column + 1] = value
        least = pointwiseMin(least, value)
        largest = pointwiseMax(largest, value)
      }
    }
    guess(&picture)
    // Where values hardly differ, what single precision can tell is enough.
    let size = pointwiseMax(pointwiseMax(largest, -largest), pointwiseMax(least, -least))
    solve(&picture, tolerance: pointwiseMax(tolerance * (largest - least), 1e-6 * size))
    for index in finest.unknowns {
      let (row, column) = (Int(index) / finest.stride - 1, Int(index) % finest.stride - 1)
      for (lane, start) in starts.enumerated() {
        values[start + row * finest.width + column] = picture[Int(index)][lane]
      }
    }
  }

  /// A first guess: the mean of what is known in the smallest square around a place that knows anything.
  private func guess(_ picture: inout [Channels]) {
    let (height, width) = (finest.height, finest.width)
    let values = (0..<height * width).map { index in
      picture[(index / width + 1) * finest.stride + index % width + 1]
    }
    let finestMeans = KnownMeans(height: height, width: width, means: values, isKnown: isKnown)
    let guesses = finestMeans.filled
    for index in finest.unknowns {
      let (row, column) = (Int(index) / finest.stride - 1, Int(index) % finest.stride - 1)
      picture[Int(index)] = guesses[row * width + column]
    }
  }

  /// Conjugate gradients; the rough solution of what is missing tells how far the values are off.
  private func solve(_ picture: inout [Channels], tolerance: Channels) {
    var space = hierarchy.space()
    let zeros = [Channels](repeating: .zero, count: finest.count)
    var (direction, product) = (zeros, zeros)
    finest.residual(picture, into: &space.sources[0])
    var previous = Channels.zero
    for round in 0..<200 {
      hierarchy.cycle(&space)
      let (energy, error) = energy(space.values[0], space.sources[0])
      let share = round == 0 ? Channels.zero : quotient(energy, previous)
      extend(&direction, share, space.values[0])
      let curvature = finest.product(direction, into: &product)
      let length = quotient(energy, curvature)
      step(length, along: direction, &picture)
      if all(error .<= tolerance) { break }
      step(-length, along: product, &space.sources[0])
      previous = energy
    }
  }

  /// The sum of steps times residuals, and the largest step.
  private func energy(
    _ steps: [Channels], _ residuals: [Channels]
  ) -> (energy: Channels, error: Channels) {
    let steps = steps.span
    let residuals = residuals.span
    var (energy, error) = (Channels.zero, Channels.zero)
    for item in finest.unknowns.indices {
      let index = Int(finest.unknowns[item])
      let step = steps[index]
      energy += residuals[index] * step
      error.replace(with: step, where: step .> error)
      error.replace(with: -step, where: -step .> error)
    }
    return (energy, error)
  }

  private func extend(_ direction: inout [Channels], _ share: Channels, _ steps: [Channels]) {
    var direction = direction.mutableSpan
    let steps = steps.span
    for item in finest.unknowns.indices {
      let index = Int(finest.unknowns[item])
      direction[index] = steps[index] + share * direction[index]
    }
  }

  /// Goes so far along a direction.
  private func step(_ length: Channels, along steps: [Channels], _ values: inout [Channels]) {
    var values = values.mutableSpan
    let steps = steps.span
    for item in finest.unknowns.indices {
      let index = Int(finest.unknowns[item])
      values[index] += length * steps[index]
    }
  }

  private func quotient(_ numerator: Channels, _ denominator: Channels) -> Channels {
    (numerator / denominator).replacing(with: Channels.zero, where: denominator .<= .zero)
  }
}
