import GraphIR

/// Where the places of a value lie along one axis of positions of the input.
package struct PositionGrid: Hashable, Sendable {
  /// How many places there are.
  var count: Int

  /// What a place sees, by its distance from the first one.
  var field: ReceptiveField = .identity

  /// Whether every place sees all of the input beside what it sees around itself.
  var seesAll = false

  /// Whether places have taken in what stood in others, wherever that was.
  var isMixed = false

  /// Which place the first index stands for; after the last place the first follows.
  var rotation = 0

  /// What took the places away though it did not bring them together; nil while there are some.
  var obstacle: ValueID?

  /// A grid with one place for each of so many positions.
  init(count: Int) {
    self.count = count
  }

  /// The first and last input position that place 0 sees.
  private var seen: ClosedRange<Double> {
    let reach = (field.size - 1) / 2
    return field.origin - reach...field.origin + reach
  }

  /// Another grid whose places see this one's through a window that moves from a start.
  func seen(through window: AxisStep, count: Int) -> PositionGrid {
    var grid = self
    grid.count = count
    grid.field = ReceptiveField(
      origin: field.origin + window.offset * field.stride, stride: field.stride * window.step,
      size: field.size + window.reach.rounded(.down) * abs(field.stride))
    return grid
  }

  /// Brings neighboring places together: those that differ in a digit only.
  ///
  /// - Parameters:
  ///   - divisor: What the digit counts for.
  ///   - extent: How many it may be.
  /// - Returns: Whether what is left lies on a grid.
  mutating func merge(divisor: Int, extent: Int) -> Bool {
    let isAll = extent == count
    guard rotation == 0 || isAll, divisor == 1 else { return false }
    if isAll { (seesAll, rotation) = (true, 0) }
    let reach = Double(extent - 1) * abs(field.stride)
    field.origin += Double(extent - 1) * field.stride / 2
    field.size += reach
    field.stride *= Double(extent)
    count /= extent
    return true
  }

  /// Takes all places away.
  mutating func lose(at value: ValueID) {
    (count, rotation, seesAll) = (1, 0, true)
    obstacle = obstacle ?? value
  }

  /// Lets places see as far in one digit as it reaches, without leaving where they are.
  mutating func widen(divisor: Int, extent: Int) {
    if extent == count {
      seesAll = true
    } else {
      field.size += Double((extent - 1) * divisor) * abs(field.stride)
    }
  }

  /// The grid of places that see what those of two grids see; nil when those lie elsewhere.
  func union(_ other: PositionGrid) -> PositionGrid? {
    guard count == other.count, rotation == other.rotation else { return nil }
    let last = Double(count - 1)
    let drift = abs((field.stride - other.field.stride) * last)
    let isNear = drift <= max(field.size, other.field.size, abs(field.stride))
    guard field.stride == other.field.stride || isNear else { return nil }
    var grid = field.size <= other.field.size ? self : other
    let (low, high) = (
      min(seen.lowerBound, other.seen.lowerBound), max(seen.upperBound, other.seen.upperBound)
    )
    if field.stride == other.field.stride { grid.field.origin = (low + high) / 2 }
    grid.field.size = high - low + 1
    grid.seesAll = seesAll || other.seesAll
    grid.isMixed = isMixed || other.isMixed
    return grid
  }

  /// The grid of places of which the first ones are these and the next ones those of another.
  func followed(by next: PositionGrid) -> PositionGrid? {
    guard field.stride == next.field.stride, rotation == 0, next.rotation == 0 else { return nil }
    let here = field.origin + Double(count) * field.stride
    let there = next.field.origin + Double(next.count) * field.stride
    var grid = self
    grid.count = count + next.count
    grid.field.size = max(field.size, next.field.size)
    grid.seesAll = seesAll || next.seesAll
    grid.isMixed = isMixed || next.isMixed
    if here == next.field.origin { return grid }
    guard there == field.origin else { return nil }
    grid.field.origin = next.field.origin
    grid.rotation = next.count
    return grid
  }

  /// The field of a place, of an input with so many positions.
  func receptiveField(positions: Int) -> ReceptiveField {
    var field = field
    if seesAll { field.size = max(field.size, Double(positions)) }
    return field
  }
}

/// What each index sees of another axis: what lies around `step · index + offset`.
struct AxisStep {
  let step: Double
  let offset: Double
  let reach: Double
}
