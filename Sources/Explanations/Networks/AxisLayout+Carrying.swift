import GraphIR
import Operations
import TensorCore

/// What an operation makes of the layout of one of its inputs.
struct CarriedLayout {
  /// What the axes of the result are of this input; nil where it does not tell.
  var axes: [AxisLayout.Axis?]

  /// Where places lie.
  var grids: [PositionGrid]

  /// The digits in which every place sees all others.
  var coupled: [AxisFactor] = []
}

/// Follows the axes of one input through one operation.
struct LayoutCarrier {
  private let layout: AxisLayout
  private let origins: [AxisOrigin]
  private let site: OperationSite
  /// What the operation computes.
  private let value: ValueID
  /// The axes along which inputs stand behind each other.
  private let joinedAxes: Set<Int>
  private var carried: CarriedLayout

  init(
    _ layout: AxisLayout, _ origins: [AxisOrigin], at site: OperationSite, _ value: ValueID,
    joining joinedAxes: Set<Int>
  ) {
    self.layout = layout
    self.origins = origins
    self.site = site
    self.value = value
    self.joinedAxes = joinedAxes
    carried = CarriedLayout(axes: [], grids: layout.grids)
  }

  /// The layout of the result as far as this input tells.
  func result() -> CarriedLayout {
    var carrier = self
    for axis in origins.indices where carrier.carried.axes.count == axis {
      carrier.carry(axis)
    }
    return carrier.carried
  }

  private mutating func carry(_ axis: Int) {
    let extent = site.result[axis]
    switch origins[axis] {
    case .repeated, .summed, .mixed:
      carried.axes.append(nil)
    case .coupled(let source):
      carried.coupled += layout.axes[source].positions
      carried.axes.append(layout.axes[source])
    case .window(of: let source, let window):
      carried.axes.append(seen(source, window, axis, extent))
    case .selection(of: let source, let indices):
      carried.axes.append(chosen(source, indices))
    case .regrouped(let sources):
      let group = origins[axis...].prefix { $0 == .regrouped(sources) || $0 == .repeated }
      let extents = group.indices.map { site.result[$0] }
      carried.axes += regrouped(sources, extents)
    }
  }

  /// An axis that is seen through a window.
  private mutating func seen(
    _ source: Int, _ window: AxisWindow, _ axis: Int, _ extent: Int
  ) -> AxisLayout.Axis? {
    var seen = layout.axes[source]
    if window == .identity && extent == seen.extent { return seen }
    guard !seen.positions.isEmpty else { return extent == 1 ? nil : .features(extent) }
    let isMove = window.step == 1 && window.reach == 0 && window.offset.rounded() == window.offset
    let start = seen.start - (isMove ? Int(window.offset) : 0)
    let inside = start..<start + seen.factors.indexCount
    let isOneGrid = seen.factors.significant.count <= 1 && seen.positions.count == 1
    let mustMove = joinedAxes.contains(axis) || seen.hasOthers || !isOneGrid
    if isMove, mustMove {
      if inside.lowerBound >= 0, inside.upperBound <= extent {
        (seen.start, seen.extent) = (start, extent)
        return seen
      }
      // Others only: a class token by itself.
      if inside.upperBound <= 0 || inside.lowerBound >= extent {
        return extent == 1 ? nil : .features(extent)
      }
    }
    guard isOneGrid, let position = seen.positions[0].position,
      let grid = grid(position.axis, seen, window, extent)
    else { return lost(seen, extent) }
    carried.grids[position.axis] = grid
    let factor = AxisFactor(role: seen.positions[0].role, extent: extent)
    return AxisLayout.Axis(extent: extent, factors: [factor])
  }

  /// The places along an axis that holds all of a grid, seen through a window.
  private func grid(
    _ position: Int, _ axis: AxisLayout.Axis, _ window: AxisWindow, _ extent: Int
  ) -> PositionGrid? {
    let grid = carried.grids[position]
    guard axis.factors.indexCount == grid.count, window.step != 0 else { return nil }
    let offset = window.offset - Double(axis.start)
    guard grid.rotation > 0 else {
      let step = AxisStep(step: window.step, offset: offset, reach: window.reach)
      return grid.seen(through: step, count: extent)
    }
    // A part of what was rolled is in order where it does not hold the end.
    let first = Int(offset) + grid.rotation
    guard window.step == 1, window.reach == 0, first >= grid.count || first + extent <= grid.count
    else { return nil }
    let step = AxisStep(step: 1, offset: Double(first % grid.count), reach: 0)
    var part = grid.seen(through: step, count: extent)
    part.rotation = 0
    return part
  }

  /// Some indices of an axis in any order.
  private mutating func chosen(_ source: Int, _ indices: [Int]) -> AxisLayout.Axis? {
    let axis = layout.axes[source]
    if axis.positions.isEmpty { return .features(indices.count) }
    return lost(axis, indices.count)
  }

  /// Axes that hold the numbers of others in the same order.
  private mutating func regrouped(_ sources: [Int], _ extents: [Int]) -> [AxisLayout.Axis?] {
    let axes = sources.map { layout.axes[$0] }
    let factors = axes.flatMap(\.factors)
    guard !axes.contains(where: \.hasOthers), let parts = factors.distributed(over: extents) else {
      for axis in axes { _ = lost(axis, 1) }
      return extents.map { .features($0) }
    }
    return zip(parts, extents).map { $1 == 1 ? nil : AxisLayout.Axis(extent: $1, factors: $0) }
  }

  /// Features in place of an axis whose places cannot be told any more.
  private mutating func lost(_ axis: AxisLayout.Axis, _ extent: Int) -> AxisLayout.Axis {
    for case let position? in axis.positions.map(\.position) {
      carried.lose(position.axis, at: value)
    }
    return .features(extent)
  }
}

extension CarriedLayout {
  /// Takes the places along an axis of positions away.
  mutating func lose(_ position: Int, at value: ValueID) {
    grids[position].lose(at: value)
    for index in axes.indices { axes[index]?.forget(position) }
    coupled.removeAll { $0.position?.axis == position }
  }

  /// The digits of places along an axis of positions, by the axes they are on.
  func digits(of position: Int) -> [PlacedDigit] {
    axes.enumerated().flatMap { index, axis in
      (axis?.factors ?? []).filter { $0.position?.axis == position && $0.extent > 1 }
        .map { PlacedDigit(axis: index, factor: $0) }
    }
  }
}

/// A digit of places on an axis of a value.
struct PlacedDigit: Hashable {
  let axis: Int
  let factor: AxisFactor
}

extension AxisLayout.Axis {
  /// Makes features of the digits of places along an axis of positions.
  mutating func forget(_ position: Int) {
    factors =
      factors.map { factor in
        factor.position?.axis == position
          ? AxisFactor(role: .feature, extent: factor.extent) : factor
      }.coalesced
  }
}
