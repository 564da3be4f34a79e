import TensorCore

/// Which axes of one shape hold the numbers of which axes of another, in row-major order.
///
/// Both shapes are read from the front. Equal extents are the same axis; else an axis of extent 1
/// is dropped or new; else axes are taken from both until they hold equally many numbers.
struct AxisRegrouping {
  /// What each axis of the new shape is of the old one.
  private(set) var origins: [AxisOrigin] = []

  private let old: [Int]
  private let new: [Int]
  private var place = 0

  /// Compares two shapes with equally many numbers.
  init(from old: Shape, to new: Shape) {
    self.old = old.extents
    self.new = new.extents
    guard old.elementCount > 0 else {
      let all = AxisOrigin.mixed(Array(0..<old.rank))
      origins = (0..<new.rank).map { old == new ? .same($0) : all }
      return
    }
    while origins.count < new.rank { step() }
  }

  private mutating func step() {
    let extent = new[origins.count]
    if place < old.count, old[place] == extent {
      origins.append(.same(place))
      place += 1
    } else if place < old.count, old[place] == 1 {
      place += 1
    } else if extent == 1 {
      origins.append(.repeated)
    } else {
      regroup()
    }
  }

  /// Takes axes from both shapes until they hold equally many numbers.
  private mutating func regroup() {
    var (taken, made) = ([place], [origins.count])
    var (oldCount, newCount) = (old[place], new[origins.count])
    while oldCount != newCount {
      if oldCount < newCount {
        taken.append((taken.last ?? 0) + 1)
        oldCount *= old[taken[taken.count - 1]]
      } else {
        made.append((made.last ?? 0) + 1)
        newCount *= new[made[made.count - 1]]
      }
    }
    place = taken[taken.count - 1] + 1
    let sources = taken.filter { old[$0] > 1 }
    origins += made.map { new[$0] == 1 ? .repeated : .regrouped(sources) }
  }
}
