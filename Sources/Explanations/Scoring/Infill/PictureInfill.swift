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
    var (residual, direction, product) = (zeros, zeros, zeros)
    finest.residual(picture, sources: zeros, into: &residual)
    var previous = Channels.zero
    for round in 0..<200 {
      for index in finest.unknowns { space.sources[0][Int(index)] = residual[Int(index)] }
      hierarchy.cycle(&space)
      var (energy, error) = (Channels.zero, Channels.zero)
      for index in finest.unknowns {
        let step = space.values[0][Int(index)]
        energy += residual[Int(index)] * step
        error = pointwiseMax(error, pointwiseMax(step, -step))
      }
      let share = round == 0 ? Channels.zero : quotient(energy, previous)
      for index in finest.unknowns {
        direction[Int(index)] = space.values[0][Int(index)] + share * direction[Int(index)]
      }
      finest.product(direction, into: &product)
      var curvature = Channels.zero
      for index in finest.unknowns { curvature += direction[Int(index)] * product[Int(index)] }
      let length = quotient(energy, curvature)
      for index in finest.unknowns {
        picture[Int(index)] += length * direction[Int(index)]
        residual[Int(index)] -= length * product[Int(index)]
      }
      if all(error .<= tolerance) { break }
      previous = energy
    }
  }

  private func quotient(_ numerator: Channels, _ denominator: Channels) -> Channels {
    (numerator / denominator).replacing(with: Channels.zero, where: denominator .<= .zero)
  }
}
