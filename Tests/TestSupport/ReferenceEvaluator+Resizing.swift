package import Operations
package import TensorCore

extension Resize {
  /// Which grid points of one axis an output element is made of, and their shares.
  fileprivate func shares(_ axis: Int, at output: Int, input: Int) -> [(point: Int, share: Double)]
  {
    let mapping = mappings[axis]
    let source = mapping.scale * Double(output) + mapping.offset
    let last = Double(input - 1)
    switch interpolation {
    case .nearest(let rounding):
      let rounded =
        switch rounding {
        case .floor: source.rounded(.down)
        case .ceiling: source.rounded(.up)
        case .roundPreferringFloor: (source - 0.5).rounded(.up)
        case .roundPreferringCeiling: (source + 0.5).rounded(.down)
        }
      return [(Int(min(max(rounded, 0), last)), 1)]
    case .linear:
      let inside = min(max(source, 0), last)
      return [inside.rounded(.down), inside.rounded(.up)].enumerated().compactMap { index, point in
        let share = 1 - abs(inside - point)
        return index == 1 && share == 1 ? nil : (Int(point), share)
      }
    }
  }

  /// Every position that an output position is made of, and its share.
  fileprivate func shares(
    at output: ArraySlice<Int>, input: [Int]
  ) -> [(position: [Int], share: Double)] {
    var result: [(position: [Int], share: Double)] = [([], 1)]
    for (axis, place) in output.enumerated() {
      let taps = shares(axis, at: place, input: input[axis])
      result = result.flatMap { start in
        taps.map { (start.position + [$0.point], start.share * $0.share) }
      }
    }
    return result
  }
}

extension Resize: ReferenceEvaluable {
  /// The grid points around every position, weighted by their shares.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { index in
      shares(at: index.dropFirst(2), input: inputs[0].shape.positions)
        .reduce(0) { $0 + $1.share * inputs[0][index.prefix(2) + $1.position] }
    }
  }
}

extension ResizeGradient: ReferenceEvaluable {
  /// Every value given back to its grid points by their shares.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    var result = ReferenceTensor(shape: shape)
    forEachIndex(inputs[0].shape.extents) { index in
      for (position, share) in resize.shares(at: index.dropFirst(2), input: shape.positions) {
        result[index.prefix(2) + position] += share * inputs[0][index]
      }
    }
    return result
  }
}
