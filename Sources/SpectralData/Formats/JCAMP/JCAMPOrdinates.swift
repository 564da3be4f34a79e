/// Decodes lines of the form `(X++(Y..Y))`: an abscissa, then ordinates at even distances.
struct JCAMPOrdinates {
  /// Where the points must lie.
  struct Grid {
    /// The first position, in the unit of the axis.
    let first: Double
    /// The distance of neighbors, or nil when the file does not give it.
    let step: Double?
    /// What abscissas in the lines are multiplied by.
    let factor: Double
    /// How many points there must be, or nil when the file does not say.
    let count: Int?

    /// The most ordinates that may be decoded.
    var limit: Int { count ?? SpectralAxis.greatestCount }
  }

  /// The ordinates so far, not yet scaled.
  ///
  /// What was not measured is NaN.
  private(set) var values: [Double] = []

  /// For each line, which point is its first, and the position that it names.
  private(set) var starts: [(index: Int, position: Double)] = []
  private let grid: Grid
  private var endedWithDifference = false

  /// Starts without ordinates.
  init(_ grid: Grid) {
    self.grid = grid
  }

  /// Decodes one line.
  ///
  /// A line that follows one ending in differences starts with that line's last ordinate again: it
  /// must be equal and is counted once.
  ///
  /// - Throws: `SpectrumError` naming the line when an entry is no number, the repeated ordinate or
  ///   the abscissa does not agree, or there are too many points.
  mutating func decode(_ line: TextLines.Line) throws(SpectrumError) {
    var scanner = JCAMPScanner(line)
    guard !scanner.isAtEnd else { return }
    let (abscissa, places) = try scanner.decimal(.never)
    let repeats = endedWithDifference
    let index = values.count - (repeats ? 1 : 0)
    try checkAbscissa(abscissa, places, index: index, line.number)
    starts.append((index, abscissa * grid.factor))
    var difference: Double?
    var isFirst = true
    while let token = try scanner.token() {
      switch token {
      case .value(let value):
        if isFirst && repeats {
          // Some programs end with a line of a lone zero once all points are there.
          if value == 0, values.count == grid.count, scanner.isAtEnd { return }
          try checkRepeated(value, line.number)
        } else {
          try append(value, line.number)
        }
        difference = nil
      case .difference(let step):
        guard !isFirst, let last = values.last, !last.isNaN else {
          throw malformed(
            line.number,
            "has a difference where an ordinate was expected (at its start, or behind ?)")
        }
        try append(last + step, line.number)
        difference = step
      case .missing:
        try append(.nan, line.number)
        difference = nil
      case .count(let count):
        guard !isFirst else { throw malformed(line.number, "starts with a repetition") }
        try duplicate(count, difference, line.number)
      }
      isFirst = false
    }
    if !isFirst { endedWithDifference = difference != nil }
  }

  private mutating func duplicate(
    _ count: Int, _ difference: Double?, _ line: Int
  ) throws(SpectrumError) {
    guard count > 0, values.count + count - 1 <= grid.limit, let last = values.last else {
      throw tooMany(line)
    }
    for step in stride(from: 1, to: count, by: 1) {
      values.append(last + Double(step) * (difference ?? 0))
    }
  }

  private mutating func append(_ value: Double, _ line: Int) throws(SpectrumError) {
    guard values.count < grid.limit else { throw tooMany(line) }
    values.append(value)
  }

  private func checkRepeated(_ value: Double, _ line: Int) throws(SpectrumError) {
    let last = values.last ?? 0
    guard abs(value - last) <= 1e-9 * max(1, abs(last)) else {
      throw malformed(
        line,
        "starts with the ordinate \(ShortNumber.text(value)), but the line before it ends with "
          + "\(ShortNumber.text(last)) (y-check); lines are missing or damaged")
    }
  }

  private func checkAbscissa(
    _ abscissa: Double, _ places: Int, index: Int, _ line: Int
  ) throws(SpectrumError) {
    guard let step = grid.step else { return }
    let expected = grid.first + Double(index) * step
    let found = abscissa * grid.factor
    // Abscissas are rounded as written, and some programs give that of the first new point.
    var rounding = 0.5 * abs(grid.factor)
    for _ in 0..<places { rounding /= 10 }
    guard abs(found - expected) <= 1.001 * abs(step) + rounding + 1e-6 * abs(expected) else {
      throw malformed(
        line,
        "starts at \(ShortNumber.text(found)), but its first point must be at "
          + "\(ShortNumber.text(expected)) (x-check); points are missing or damaged")
    }
  }

  private func tooMany(_ line: Int) -> SpectrumError {
    malformed(
      line,
      grid.count.map { "holds more points than the \($0) of ##NPOINTS=" }
        ?? "holds more than \(SpectralAxis.greatestCount) points")
  }

  private func malformed(_ line: Int, _ what: String) -> SpectrumError {
    SpectrumError(.malformedFile, "line \(line) \(what)", line: line)
  }

  /// Whether all lines start where their points lie on an even grid, their distance to a tenth of a step.
  ///
  /// - Parameters:
  ///   - first: The position of the first point.
  ///   - last: That of the last.
  /// - Returns: False also where fewer than two lines leave it open.
  func fits(first: Double, last: Double) -> Bool {
    guard values.count > 1, starts.count > 1 else { return false }
    let step = (last - first) / Double(values.count - 1)
    let (start, end) = (starts[0], starts[starts.count - 1])
    let own = (end.position - start.position) / Double(end.index - start.index)
    return abs(own * Double(values.count - 1) - (last - first)) < 0.1 * abs(step)
      && starts.allSatisfy { abs($0.position - first - Double($0.index) * step) < 0.5 * abs(step) }
  }
}
