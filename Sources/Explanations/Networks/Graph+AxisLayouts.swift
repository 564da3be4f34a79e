package import GraphIR
import Operations
import TensorCore

extension Graph {
  /// What the axes of every value are of an input; nil for what does not depend on it.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - layout: Its own layout.
  /// - Returns: One entry per node.
  package func axisLayouts(of input: ValueID, _ layout: AxisLayout) -> [AxisLayout?] {
    var layouts: [AxisLayout?] = []
    for index in nodes.indices {
      let value = ValueID(index)
      layouts.append(value == input ? layout : axisLayout(of: value, layouts))
    }
    return layouts
  }

  /// The layout of one value, by those of the ones before it.
  func axisLayout(of value: ValueID, _ known: [AxisLayout?]) -> AxisLayout? {
    let node = self[value]
    let told = node.inputs.indices.filter { known[node.inputs[$0].index] != nil }
    guard !told.isEmpty else { return nil }
    let (site, origins) = (OperationSite(node, in: self), axes(of: value))
    let joined = site.axesBehindEachOther(origins)
    var carried: [CarriedLayout] = []
    var positions: [Int] = []
    for input in told {
      guard let layout = known[node.inputs[input].index] else { continue }
      positions = layout.inputPositions
      carried.append(
        LayoutCarrier(layout, origins[input], at: site, value, joining: joined).result())
    }
    for axis in joined { carried.joinSegments(axis, origins: told.map { origins[$0] }, at: value) }
    return AxisLayout(joining: carried, node.shape, value, inputPositions: positions)
  }
}

extension OperationSite {
  /// The axes along which the inputs stand behind each other.
  fileprivate func axesBehindEachOther(_ origins: [[AxisOrigin]]) -> Set<Int> {
    guard origins.count > 1 else { return [] }
    return Set(
      (0..<result.rank).filter { axis in
        var end = 0
        for (input, origin) in origins.enumerated() {
          guard origin[axis] == .window(of: axis, AxisWindow(step: 1, offset: -Double(end))) else {
            return false
          }
          end += inputs[input][axis]
        }
        return end == result[axis] && end > inputs[0][axis]
      })
  }
}

extension [CarriedLayout] {
  /// Makes one axis of places of those that stand behind each other along an axis, where they follow
  /// each other; takes the places away where several do and they do not.
  fileprivate mutating func joinSegments(
    _ axis: Int, origins: [[AxisOrigin]], at value: ValueID
  ) {
    let placed = indices.filter { self[$0].axes[axis]?.positions.isEmpty == false }
    guard placed.count > 1 else { return }
    if let (position, grid, joined) = followed(axis, placed) {
      for index in placed {
        self[index].grids[position] = grid
        self[index].axes[axis] = joined
      }
      return
    }
    for index in placed {
      let positions = self[index].axes[axis]?.positions.compactMap { $0.position?.axis } ?? []
      for position in positions { self[index].lose(position, at: value) }
    }
  }

  /// The grid that segments are together.
  private func followed(
    _ axis: Int, _ placed: [Int]
  ) -> (position: Int, grid: PositionGrid, axis: AxisLayout.Axis)? {
    var result: (position: Int, grid: PositionGrid)?
    for index in placed {
      guard let segment = self[index].axes[axis], segment.factors.significant.count <= 1,
        segment.positions.count == 1, let digit = segment.positions[0].position
      else { return nil }
      let grid = self[index].grids[digit.axis]
      guard segment.factors.indexCount == grid.count, digit.divisor == 1 else { return nil }
      guard let (position, before) = result else {
        result = (digit.axis, grid)
        continue
      }
      guard position == digit.axis, let joined = before.followed(by: grid) else { return nil }
      result = (position, joined)
    }
    guard let (position, grid) = result,
      let extent = self[placed[0]].axes[axis]?.extent, extent == grid.count
    else { return nil }
    let factor = AxisFactor(role: .position(axis: position, divisor: 1), extent: extent)
    return (position, grid, AxisLayout.Axis(extent: extent, factors: [factor]))
  }
}
