/// A walk over a result and the operands that broadcast to it, as few loops as possible.
///
/// Neighboring axes that every operand crosses in the same way are one axis here; an operand that
/// is repeated along an axis has stride 0 there.
struct StridedWalk {
  /// The extents, outermost first; at least two.
  private(set) var extents: [Int]

  /// For every operand, its stride along each axis, in elements.
  private(set) var strides: [[Int]]

  /// Plans a walk.
  ///
  /// - Parameters:
  ///   - extents: The extents of the result's buffer.
  ///   - operands: For every operand, the extents of its buffer; as many as the result has, each
  ///     equal to the result's or 1.
  init(extents: [Int], operands: [[Int]]) {
    let count = extents.count
    let strides = operands.map { operand in
      var stride = 1
      var result = [Int](repeating: 0, count: count)
      for axis in (0..<count).reversed() {
        result[axis] = operand[axis] == 1 ? 0 : stride
        stride *= operand[axis]
      }
      return result
    }
    self.extents = []
    self.strides = operands.map { _ in [] }
    for axis in 0..<count where extents[axis] != 1 {
      let canMerge = strides.indices.allSatisfy { index in
        (self.strides[index].last ?? 0) == strides[index][axis] * extents[axis]
      }
      if !self.extents.isEmpty && canMerge {
        self.extents[self.extents.count - 1] *= extents[axis]
        for index in strides.indices {
          self.strides[index][self.extents.count - 1] = strides[index][axis]
        }
      } else {
        self.extents.append(extents[axis])
        for index in strides.indices { self.strides[index].append(strides[index][axis]) }
      }
    }
    while self.extents.count < 2 {
      self.extents.insert(1, at: 0)
      for index in operands.indices { self.strides[index].insert(0, at: 0) }
    }
  }

  /// How many elements the last two axes hold together.
  var tileCount: Int { extents[extents.count - 2] * extents[extents.count - 1] }

  /// How many such tiles there are.
  var outerCount: Int { extents.dropLast(2).reduce(1, *) }

  /// Where an operand's tile begins.
  func start(of operand: Int, tile: Int) -> Int {
    var (rest, offset) = (tile, 0)
    for axis in stride(from: extents.count - 3, through: 0, by: -1) {
      offset += rest % extents[axis] * strides[operand][axis]
      rest /= extents[axis]
    }
    return offset
  }
}
