/// The grids of an infill, each half as fine as the one before: an approximate inverse of its equations.
struct InfillHierarchy {
  typealias Channels = InfillLevel.Channels

  private let levels: [InfillLevel]

  /// For each unknown place of a level the four places of the next, with weights.
  private let parents: [[Parents]]

  private struct Parents {
    /// The nearest place, and those beside, above or below, and diagonally.
    let near: Int32
    let beside: Int32
    let across: Int32
    let diagonal: Int32
  }

  /// Halves a grid until nothing is unknown or one place is left.
  ///
  /// A place of a coarser grid is unknown where all that it stands for is.
  init(_ finest: InfillLevel) {
    var (levels, parents) = ([finest], [[Parents]]())
    while let fine = levels.last, max(fine.height, fine.width) > 1 {
      let coarse = InfillLevel(height: (fine.height + 1) / 2, width: (fine.width + 1) / 2) {
        row, column in
        for y in 2 * row...min(2 * row + 1, fine.height - 1) {
          for x in 2 * column...min(2 * column + 1, fine.width - 1)
          where !fine.isUnknown[(y + 1) * fine.stride + x + 1] { return false }
        }
        return true
      }
      if coarse.unknowns.isEmpty { break }
      parents.append(Self.parents(fine, coarse))
      levels.append(coarse)
    }
    (self.levels, self.parents) = (levels, parents)
  }

  /// Linear interpolation between centers; beyond the edge there is the edge.
  private static func parents(_ fine: InfillLevel, _ coarse: InfillLevel) -> [Parents] {
    fine.unknowns.map { index in
      let (row, column) = (Int(index) / fine.stride - 1, Int(index) % fine.stride - 1)
      let (y, x) = (row / 2, column / 2)
      let otherY = min(max(y + (row.isMultiple(of: 2) ? -1 : 1), 0), coarse.height - 1)
      let otherX = min(max(x + (column.isMultiple(of: 2) ? -1 : 1), 0), coarse.width - 1)
      let place = { (y: Int, x: Int) in Int32((y + 1) * coarse.stride + x + 1) }
      return Parents(
        near: place(y, x), beside: place(y, otherX), across: place(otherY, x),
        diagonal: place(otherY, otherX))
    }
  }

  /// Work space, so that cycles allocate nothing.
  struct Space {
    var values: [[Channels]]
    var sources: [[Channels]]
  }

  func space() -> Space {
    let zeros = levels.map { [Channels](repeating: .zero, count: $0.count) }
    return Space(values: zeros, sources: zeros)
  }

  /// Solves the equations roughly: one cycle down to the coarsest grid and back, symmetric.
  ///
  /// - Parameter space: `sources[0]` is what the equations equal; `values[0]` becomes the solution.
  func cycle(_ space: inout Space) {
    for level in levels.indices {
      space.values[level].clear()
      let isLast = level + 1 == levels.count
      for _ in 0..<(isLast ? 6 : 1) {
        levels[level].smooth(&space.values[level], sources: space.sources[level])
        if isLast {
          levels[level].smooth(&space.values[level], sources: space.sources[level], backward: true)
        }
      }
      if isLast { break }
      restrict(
        level, space.values[level], space.sources[level], into: &space.sources[level + 1])
    }
    for level in levels.indices.dropLast().reversed() {
      prolong(level, space.values[level + 1], into: &space.values[level])
      levels[level].smooth(&space.values[level], sources: space.sources[level], backward: true)
    }
  }

  /// What is missing on a level, as the sources of the next.
  private func restrict(
    _ level: Int, _ values: [Channels], _ sources: [Channels], into coarse: inout [Channels]
  ) {
    coarse.clear()
    let values = values.span
    let sources = sources.span
    var coarse = coarse.mutableSpan
    for item in levels[level].unknowns.indices {
      let parents = parents[level][item]
      let part = levels[level].residual(values, sources, item) * (1 / 16)
      let three = 3 * part
      coarse[Int(parents.near)] += 9 * part
      coarse[Int(parents.beside)] += three
      coarse[Int(parents.across)] += three
      coarse[Int(parents.diagonal)] += part
    }
  }

  private func prolong(_ level: Int, _ coarse: [Channels], into values: inout [Channels]) {
    let coarse = coarse.span
    var values = values.mutableSpan
    for item in levels[level].unknowns.indices {
      let parents = parents[level][item]
      let near = 9 * coarse[Int(parents.near)] + coarse[Int(parents.diagonal)]
      let sides = 3 * (coarse[Int(parents.beside)] + coarse[Int(parents.across)])
      values[Int(levels[level].unknowns[item])] += (near + sides) * (1 / 16)
    }
  }
}

extension [InfillLevel.Channels] {
  /// Makes all values zero.
  fileprivate mutating func clear() {
    var values = mutableSpan
    for index in values.indices { values[index] = .zero }
  }
}
