/// Parts of an input that are hidden as a whole, as lists of positions.
struct Cells {
  /// The positions of each, ascending.
  let members: [[Int32]]

  /// So many cells along each axis, at most one for each position, as equal as can be.
  init(_ positions: [Int], along count: Int) {
    self.init(positions) { place, extent in place * min(count, extent) / extent }
  }

  /// Cells of so many positions along each axis; those at the ends may have fewer.
  init(_ positions: [Int], width: Int) {
    self.init(positions) { place, _ in place / width }
  }

  private init(_ positions: [Int], cell: (_ place: Int, _ extent: Int) -> Int) {
    var (cells, count) = ([0], 1)
    for extent in positions {
      let along = (0..<extent).map { cell($0, extent) }
      let number = (along.last ?? 0) + 1
      cells = cells.flatMap { before in along.map { before * number + $0 } }
      count *= number
    }
    var members = [[Int32]](repeating: [], count: count)
    for (index, cell) in cells.enumerated() { members[cell].append(Int32(index)) }
    self.members = members
  }

  /// Windows of so many positions along each axis, each half a window from the next; the last ones
  /// end where the input does.
  static func windows(_ positions: [Int], width: Int) -> Cells {
    let grid = PositionGrid(positions)
    var found: [[Int]] = [[0]]
    for (extent, stride) in zip(positions, grid.strides) {
      let width = min(width, extent)
      let step = max(1, width / 2)
      var starts = Array(Swift.stride(from: 0, through: extent - width, by: step))
      if let last = starts.last, last < extent - width { starts.append(extent - width) }
      found = found.flatMap { corner in
        starts.map { start in
          corner.flatMap { offset in
            (start..<start + width).map { offset + $0 * stride }
          }
        }
      }
    }
    return Cells(members: found.map { $0.map { Int32($0) } })
  }

  private init(members: [[Int32]]) { self.members = members }

  /// The sum of a map over each cell.
  func sums(_ map: MapReading) -> [Double] {
    members.map { $0.reduce(0.0) { $0 + Double(map.values[Int($1)]) } }
  }
}
