/// Places in row-major order and their neighbors, along any number of axes.
struct PositionGrid {
  let extents: [Int]

  /// How far apart neighbors along each axis lie in row-major order.
  let strides: [Int]

  init(_ extents: [Int]) {
    self.extents = extents
    var strides = [Int](repeating: 1, count: extents.count)
    for axis in extents.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * extents[axis + 1]
    }
    self.strides = strides
  }

  var count: Int { extents.reduce(1, *) }

  /// The place along each axis.
  func place(_ index: Int) -> [Int] {
    zip(extents, strides).map { extent, stride in index / stride % extent }
  }

  /// The position whose value comes to a position when all move along the axes and enter again at the other end.
  func source(of index: Int, movedBy steps: [Int]) -> Int {
    var result = 0
    for axis in extents.indices {
      let place = index / strides[axis] % extents[axis] - steps[axis]
      result += (place < 0 ? place + extents[axis] : place) * strides[axis]
    }
    return result
  }

  /// A step to a position that touches another, corners included.
  private struct Step {
    let along: [Int]
    let offset: Int
  }

  private var steps: [Step] {
    let none = Step(along: [], offset: 0)
    let all = strides.reduce([none]) { steps, stride in
      steps.flatMap { step in
        (-1...1).map { Step(along: step.along + [$0], offset: step.offset + $0 * stride) }
      }
    }
    return all.filter { step in step.along.contains { $0 != 0 } }
  }

  private func contains(_ index: Int, _ step: Step) -> Bool {
    for axis in extents.indices {
      let place = index / strides[axis] % extents[axis] + step.along[axis]
      if place < 0 || place >= extents[axis] { return false }
    }
    return true
  }

  /// The positions of each connected part of a region, the largest first; of equal ones that which comes
  /// first.
  func components(_ marked: [Bool]) -> [[Int]] {
    let steps = steps
    var left = marked
    var parts: [[Int]] = []
    for start in left.indices where left[start] {
      left[start] = false
      var part = [start]
      var next = 0
      while next < part.count {
        for step in steps where contains(part[next], step) && left[part[next] + step.offset] {
          left[part[next] + step.offset] = false
          part.append(part[next] + step.offset)
        }
        next += 1
      }
      parts.append(part)
    }
    return parts.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }.map(\.element)
  }

  /// The smallest box around positions, as a range along each axis; nil for none.
  func box(_ positions: some Sequence<Int>) -> [Range<Int>]? {
    var box: [Range<Int>]?
    for position in positions {
      let place = place(position)
      box = (box ?? place.map { $0..<$0 + 1 }).indices.map { axis in
        let range = box?[axis] ?? place[axis]..<place[axis] + 1
        return min(range.lowerBound, place[axis])..<max(range.upperBound, place[axis] + 1)
      }
    }
    return box
  }
}
