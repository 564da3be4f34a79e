/// Means of what is known in the squares of a grid.
struct KnownMeans {
  typealias Channels = InfillLevel.Channels

  let height: Int
  let width: Int

  /// The mean of each square, in row-major order; of no meaning where nothing is known.
  let means: [Channels]

  /// Whether anything is known in each square.
  let isKnown: [Bool]

  /// The means, with those of larger squares where nothing is known; something is.
  var filled: [Channels] {
    guard isKnown.contains(false), max(height, width) > 1 else { return means }
    let coarse = halved
    let coarseMeans = coarse.filled
    return means.indices.map { index in
      if isKnown[index] { return means[index] }
      return coarseMeans[index / width / 2 * coarse.width + index % width / 2]
    }
  }

  /// Squares of twice the side; each known one of four counts once.
  private var halved: KnownMeans {
    let (rows, columns) = ((height + 1) / 2, (width + 1) / 2)
    var sums = [Channels](repeating: .zero, count: rows * columns)
    var counts = [Float](repeating: 0, count: sums.count)
    for index in means.indices where isKnown[index] {
      let parent = index / width / 2 * columns + index % width / 2
      sums[parent] += means[index]
      counts[parent] += 1
    }
    for index in sums.indices where counts[index] > 0 { sums[index] /= counts[index] }
    return KnownMeans(
      height: rows, width: columns, means: sums, isKnown: counts.map { $0 > 0 })
  }
}
