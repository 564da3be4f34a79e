import Figures

/// Values as dots that are stacked where they are equal or lie near each other.
struct DotStacks: Hashable {
  /// Dots that stand at one place of the axis.
  struct Stack: Hashable {
    /// The middle, in points along the axis.
    let center: Double

    /// How many dots there are.
    let count: Int

    /// How many stand side by side.
    let columnCount: Int
  }

  /// The stacks from low to high values.
  let stacks: [Stack]

  /// The diameter of a dot with the space around it, in points.
  let pitch: Double

  /// Whether every stack holds equal values.
  let isExact: Bool

  /// Stacks the dots of one row, or returns nil when they are higher than the space.
  ///
  /// - Parameters:
  ///   - places: Where the values lie, in points along the axis.
  ///   - pitch: The diameter of a dot with the space around it.
  ///   - height: The space above the base line; nil for stacks of one column, however high.
  init?(places: [Double], pitch: Double, height: Double?) {
    var groups: [(center: Double, count: Int)] = []
    for place in places.sorted() {
      if let last = groups.last, place - last.center < 1e-6 {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((place, 1))
      }
    }
    var spacing = zip(groups, groups.dropFirst()).map { $1.center - $0.center }.min() ?? .infinity
    isExact = spacing >= pitch
    if !isExact {
      groups = Self.binned(groups, pitch)
      spacing = pitch
    }
    let most = groups.map(\.count).max() ?? 0
    let rowCount = height.map { max(1, Int($0 / pitch)) } ?? max(1, most)
    let columnCount = (most + rowCount - 1) / rowCount
    guard columnCount <= 1 || Double(columnCount) * pitch <= min(0.9 * spacing, 90) else {
      return nil
    }
    stacks = groups.map { group in
      let columns = min(columnCount, max(1, group.count))
      return Stack(center: group.center, count: group.count, columnCount: columns)
    }
    self.pitch = pitch
  }

  /// Stacks the dots of several rows with dots of one size, as large as they can be.
  ///
  /// - Parameters:
  ///   - rows: For each row where its values lie, in points along the axis.
  ///   - height: The space above the base line of a row.
  /// - Returns: As many stacks as rows; dots that are too many for the space stand above it.
  static func rows(_ rows: [[Double]], height: Double) -> [DotStacks] {
    for pitch in stride(from: 7.0, through: 1.5, by: -0.25) {
      let stacks = rows.compactMap { DotStacks(places: $0, pitch: pitch, height: height) }
      if stacks.count == rows.count { return stacks }
    }
    // So many dots are only seen as an area; they may touch.
    return rows.compactMap { DotStacks(places: $0, pitch: 1.5, height: nil) }
  }

  /// Where the dots of a stack are, from the base line up.
  ///
  /// - Parameters:
  ///   - stack: One of the stacks.
  ///   - base: The base line, in points from the top.
  ///   - height: The space above it; higher stacks are pressed together.
  /// - Returns: The middle of every dot.
  func dots(_ stack: Stack, base: Double, height: Double) -> [Canvas.Point] {
    let rowCount = (stack.count + stack.columnCount - 1) / stack.columnCount
    let step = min(pitch, height / Double(max(1, rowCount)))
    return (0..<stack.count).map { index in
      let (row, column) = (index / stack.columnCount, index % stack.columnCount)
      let shift = Double(column) - Double(stack.columnCount - 1) / 2
      return Canvas.Point(
        x: stack.center + pitch * shift, y: base - pitch / 2 - step * Double(row))
    }
  }

  /// Groups in bins as wide as a dot.
  private static func binned(
    _ groups: [(center: Double, count: Int)], _ pitch: Double
  ) -> [(center: Double, count: Int)] {
    var bins: [Int: Int] = [:]
    for group in groups { bins[Int((group.center / pitch).rounded()), default: 0] += group.count }
    return bins.keys.sorted().map { (Double($0) * pitch, bins[$0, default: 0]) }
  }
}
