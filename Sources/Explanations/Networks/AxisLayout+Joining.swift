import GraphIR
import Operations
import TensorCore

extension AxisLayout {
  /// The layout of a result, by what each of its inputs tells.
  ///
  /// - Parameters:
  ///   - inputs: What inputs tell that have a layout; at least one.
  ///   - shape: The shape of the result.
  ///   - value: The result.
  ///   - inputPositions: The extents of the axes of positions of the input of the network.
  init(joining inputs: [CarriedLayout], _ shape: Shape, _ value: ValueID, inputPositions: [Int]) {
    self.inputPositions = inputPositions
    grids = inputs[0].grids
    axes = shape.extents.enumerated().map { axis, extent in
      let told = inputs.compactMap { $0.axes[axis] }
      return told.first { !$0.positions.isEmpty } ?? told.first { $0.factors.isSampled }
        ?? told.first ?? (extent == 1 ? Axis(extent: 1, factors: []) : .features(extent))
    }
    markCompared()
    for position in grids.indices { place(position, inputs, at: value) }
  }

  /// Of places that occur twice the first say where an element lies.
  private mutating func markCompared() {
    var known: [Int: [Range<Int>]] = [:]
    for index in axes.indices {
      axes[index].factors =
        axes[index].factors.map { factor in
          guard let (position, divisor) = factor.position, factor.extent > 1 else { return factor }
          let digit = divisor..<divisor * factor.extent
          if known[position, default: []].contains(where: { $0.overlaps(digit) }) {
            return AxisFactor(role: .compared, extent: factor.extent)
          }
          known[position, default: []].append(digit)
          return factor
        }.coalesced
    }
  }

  /// Finds the grid along an axis of positions.
  private mutating func place(_ position: Int, _ inputs: [CarriedLayout], at value: ValueID) {
    let chosen = axes.enumerated().flatMap { index, axis in
      axis.factors.filter { $0.position?.axis == position && $0.extent > 1 }
        .map { PlacedDigit(axis: index, factor: $0) }
    }
    let placing = inputs.filter { $0.digits(of: position) == chosen }.map { $0.grids[position] }
    guard let count = placing.map(\.count).min(),
      var grid = placing.first(where: { $0.count == count })
    else { return lose(position, at: value) }
    for input in inputs {
      let other = input.grids[position]
      if input.digits(of: position) == chosen, other.count == count {
        guard let union = grid.union(other) else { return lose(position, at: value) }
        grid = union
        for digit in input.coupled {
          guard let (axis, divisor) = digit.position, axis == position else { continue }
          grid.widen(divisor: divisor, extent: digit.extent)
        }
      } else {
        grid.sees(other, digits: input.digits(of: position).map(\.factor))
      }
    }
    grids[position] = grid
    mergeMissing(position, chosen.map(\.factor), at: value)
    if grids[position].count == 1, grids[position].obstacle == nil {
      grids[position].obstacle = inputs.lazy.compactMap { $0.grids[position].obstacle }.first
    }
  }

  /// Brings places together that no digit tells apart any more.
  private mutating func mergeMissing(_ position: Int, _ digits: [AxisFactor], at value: ValueID) {
    let missing = grids[position].count / max(digits.indexCount, 1)
    guard missing > 1 else { return }
    let lowest = digits.compactMap { $0.position?.divisor }.min() ?? missing
    guard digits.isEmpty || lowest == missing,
      grids[position].merge(divisor: 1, extent: missing)
    else { return lose(position, at: value) }
    for index in axes.indices {
      axes[index].factors = axes[index].factors.map { factor in
        guard let (axis, divisor) = factor.position, axis == position, factor.extent > 1 else {
          return factor
        }
        return AxisFactor(
          role: .position(axis: axis, divisor: divisor / missing), extent: factor.extent)
      }
    }
  }

  private mutating func lose(_ position: Int, at value: ValueID) {
    grids[position].lose(at: value)
    for index in axes.indices { axes[index].forget(position) }
  }
}

extension PositionGrid {
  /// Lets places see those of a grid of which only some digits are told.
  fileprivate mutating func sees(_ other: PositionGrid, digits: [AxisFactor]) {
    isMixed = isMixed || other.count > 1 || other.isMixed
    let missing = other.count / max(digits.indexCount, 1)
    guard other.count == count, other.field.stride == field.stride, !other.seesAll,
      digits.compactMap({ $0.position?.divisor }).min() == missing
    else {
      seesAll = true
      return
    }
    field.size = max(field.size, other.field.size)
    widen(divisor: 1, extent: missing)
  }
}

extension [AxisFactor] {
  fileprivate var isSampled: Bool { contains { $0.role == .sample } }
}
