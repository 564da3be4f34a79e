package import GraphIR
package import TensorCore

/// What the axes of a value are: samples, channels, and places along the axes of positions of one
/// input of the network.
///
/// Places may be spread over several axes (windows), joined in one (tokens), or stand behind others
/// that have no place (class tokens); features may be in front or behind.
package struct AxisLayout: Hashable, Sendable {
  /// One axis of a value.
  struct Axis: Hashable, Sendable {
    /// How many indices stand before those that the factors make.
    var start = 0

    /// How many indices there are.
    var extent: Int

    /// What the indices from `start` on tell apart.
    var factors: [AxisFactor]

    /// The indices that have what the factors tell apart.
    var inside: Range<Int> { start..<start + factors.indexCount }

    /// Whether there are indices beside them.
    var hasOthers: Bool { factors.indexCount != extent }

    /// An axis of features.
    static func features(_ extent: Int) -> Axis {
      Axis(extent: extent, factors: [AxisFactor(role: .feature, extent: extent)])
    }

    /// The factors that are digits of places.
    var positions: [AxisFactor] { factors.filter { $0.position != nil } }
  }

  /// What each axis is.
  var axes: [Axis]

  /// Where places lie, for each axis of positions of the input.
  var grids: [PositionGrid]

  /// The extents of the axes of positions of the input.
  let inputPositions: [Int]

  /// The digits of the places along an axis of positions, the highest first.
  func digits(of position: Int) -> [AxisFactor] {
    axes.flatMap(\.factors).filter { $0.position?.axis == position && $0.extent > 1 }
      .sorted { ($0.position?.divisor ?? 0) > ($1.position?.divisor ?? 0) }
  }

  /// The extents of the grid.
  package var gridExtents: [Int] { grids.map(\.count) }

  /// How many samples there are.
  package var sampleCount: Int { count { $0 == .sample } }

  /// How many channels there are.
  package var channelCount: Int { count { $0 == .feature } }

  private func count(_ isCounted: (AxisFactor.Role) -> Bool) -> Int {
    axes.flatMap(\.factors).filter { isCounted($0.role) }.indexCount
  }

  /// Which axis holds the samples alone; nil where none does, as for a single sample that has lost
  /// its axis.
  package var sampleAxis: Int? {
    axes.firstIndex { axis in
      !axis.factors.isEmpty && axis.factors.allSatisfy { $0.role == .sample }
    }
  }

  /// The axes along which places lie.
  package var positionAxes: Set<Int> {
    Set(axes.indices.filter { axes[$0].extent > 1 && !axes[$0].positions.isEmpty })
  }

  /// Whether some indices of an axis have no place though others have, as those of class tokens.
  package var hasOthersBesidePlaces: Bool {
    axes.contains { $0.hasOthers && !$0.positions.isEmpty }
  }

  /// Whether every number has its place on a grid, so that the value can be seen as
  /// `[samples, channels, positions…]`.
  package var isPlaced: Bool {
    let factors = axes.flatMap(\.factors)
    return !factors.contains { $0.role == .compared }
      && grids.indices.allSatisfy { position in
        let grid = grids[position]
        return digits(of: position).indexCount == grid.count && grid.rotation == 0
          && grid.field.stride > 0
      }
      && axes.allSatisfy { !$0.hasOthers || !$0.positions.isEmpty }
  }

  /// Whether there are several places.
  package var hasPlaces: Bool { grids.contains { $0.count > 1 } }

  /// Whether places have taken in what stood in others, wherever that was, as by attention.
  package var mixesPlaces: Bool { grids.contains(where: \.isMixed) }

  /// The receptive fields of the places, one per axis of positions of the input.
  package var receptiveFields: [ReceptiveField] {
    zip(grids, inputPositions).map { $0.receptiveField(positions: $1) }
  }

  /// What took the places away, where something did that did not bring them together.
  package var obstacle: ValueID? {
    hasPlaces ? nil : grids.lazy.compactMap(\.obstacle).first
  }
}

extension AxisLayout {
  /// The layout `[samples, channels, positions…]`.
  package init(canonical shape: Shape) {
    self.init(
      shape, samples: shape.rank > 0 ? 0 : nil, positions: Array((0..<shape.rank).dropFirst(2)))
  }

  /// The layout of an input.
  ///
  /// - Parameters:
  ///   - shape: Its shape.
  ///   - samples: Which axis holds samples, if one does.
  ///   - positions: Which axes are positions; all others hold channels.
  package init(_ shape: Shape, samples: Int?, positions: [Int]) {
    inputPositions = positions.map { shape[$0] }
    grids = inputPositions.map(PositionGrid.init(count:))
    axes = shape.extents.enumerated().map { axis, extent in
      let role: AxisFactor.Role =
        if axis == samples {
          .sample
        } else if let position = positions.firstIndex(of: axis) {
          .position(axis: position, divisor: 1)
        } else {
          .feature
        }
      return Axis(extent: extent, factors: [AxisFactor(role: role, extent: extent)])
    }
  }
}
