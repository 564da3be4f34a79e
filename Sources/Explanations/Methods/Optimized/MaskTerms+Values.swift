import GraphIR
import Operations
import TensorCore

// Parts of objectives, for `[masks, 1, …]`.
extension Value {
  /// The sum of each mask, `[masks]`.
  var sumOfEach: Value {
    sum(over: .axes(Array(1..<shape.rank))).reshaped(to: [shape[0]])
  }

  /// The mean of each mask, `[masks]`.
  var meanOfEach: Value {
    mean(over: .axes(Array(1..<shape.rank))).reshaped(to: [shape[0]])
  }

  /// The sum over neighboring cells of their difference raised to a power, over the number of cells, `[masks]`:
  /// `1/n Σ_axes Σ_c |m(c + 1) − m(c)|^β`.
  func variation(power: Float) -> Value {
    let count = shape.extents.dropFirst().reduce(1, *)
    let axes = (2..<shape.rank).filter { shape[$0] > 1 }
    let sums = axes.map { axis in
      let length = shape[axis] - 1
      let steps =
        (sliced(axis, start: 1, count: length) - sliced(axis, start: 0, count: length)).absolute
      let costs = power == 1 ? steps : steps.power(builder.constant(power))
      return costs.sumOfEach
    }
    let none = builder.constant(Tensor(shape: [shape[0]], repeating: 0))
    return sums.reduce(none, +) * (1 / Float(max(1, count)))
  }

  /// Cells at the positions of an input: linear between their centers, then under a Gaussian.
  ///
  /// - Parameters:
  ///   - positions: The extents of the input.
  ///   - smoothness: The standard deviation of the Gaussian in cells; 0 for none.
  /// - Returns: `[masks, 1, positions…]`.
  func spread(over positions: [Int], smoothness: Double = 0) -> Value {
    let cells = shape.positions
    let spread = aligned(to: positions, fields: nil, .halfPixel)
    guard smoothness > 0 else { return spread }
    return positions.indices.reduce(spread) { value, axis in
      let length = Double(positions[axis]) / Double(max(1, cells[axis]))
      return value.blurred(smoothness * length, along: axis)
    }
  }

  /// Cells at the positions of an input, each the same over all of them.
  func enlarged(to positions: [Int]) -> Value {
    builder.apply(
      Resize(
        outputPositions: positions,
        mappings: zip(shape.positions, positions).map { .cells($0, over: $1) },
        interpolation: .nearest(.roundPreferringFloor)), [self])
  }

  /// The mask to which one that keeps so many cells is compared: 1 at the largest values, 0 at others.
  ///
  /// That is the step vector of extremal perturbations, put where the values of the sorted mask are. Equal values
  /// share what is left for them evenly; no cell is preferred for its place. A constant to gradients.
  ///
  /// - Parameter quota: How many cells are kept, `[masks, 1, 1…]`.
  /// - Returns: Of the shape of the mask, whose values are 0…1; its sum is the quota.
  func largest(_ quota: Value) -> Value {
    let (axes, mask) = (AxisSelection.axes(Array(1..<shape.rank)), held)
    let one = Tensor(shape: quota.shape, repeating: 1)
    var (low, high) = (builder.constant(one) * -1, builder.constant(one))
    // Halves the span in which the least value that is kept lies, until it is no wider than rounding.
    for _ in 0..<30 {
      let middle = (low + high) * 0.5
      let isBelow = mask.isGreater(than: middle).sum(over: axes).isGreater(than: quota)
      low = isBelow.choosing(middle, else: low)
      high = isBelow.choosing(high, else: middle)
    }
    let above = mask.isGreater(than: high)
    let equal = mask.isGreater(than: low) - above
    let left = quota - above.sum(over: axes)
    return above + equal * (left / equal.sum(over: axes).maximum(builder.constant(1)))
  }
}

extension AxisMapping {
  /// Cells of equal size over all positions of an axis.
  static func cells(_ count: Int, over extent: Int) -> AxisMapping {
    .halfPixel(scale: Double(count) / Double(extent))
  }
}
