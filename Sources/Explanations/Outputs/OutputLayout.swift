import GraphIR
import Operations
import TensorCore

/// Which axis of an output counts what.
struct OutputLayout: Hashable, Sendable {
  /// The axis of the samples; nil where the output is of one sample and has no such axis.
  let samples: Int?

  /// The axis of the classes; nil where there is one number at each position.
  let classes: Int?

  /// The axes of the positions, those of extent 1 left out.
  let positions: [Int]

  /// An output as `[samples, classes, positions…]`.
  ///
  /// - Parameters:
  ///   - value: The output, or something of its shape.
  ///   - count: How many samples there are.
  /// - Returns: The same numbers in that order.
  func canonical(_ value: Value, samples count: Int) -> Value {
    let kept = [samples, classes].compactMap(\.self) + positions
    let order = kept + value.shape.extents.indices.filter { !kept.contains($0) }
    let sorted = order == Array(order.indices) ? value : value.transposed(order)
    let shape = Shape(
      [count, classes.map { value.shape[$0] } ?? 1] + positions.map { value.shape[$0] })
    return sorted.shape == shape ? sorted : sorted.reshaped(to: shape)
  }
}

/// Finds out which axis of an output counts what.
struct OutputAxes {
  /// The shape in the file.
  let shape: Shape
  /// What is known of its axes from the way they are computed.
  let kinds: [AxisKinds.Kind]
  /// The axis of its softmax, if it has one.
  let softmaxAxis: Int?
  /// How many samples there are.
  let sampleCount: Int
  /// How many numbers stand along the axis of the classes, if labels tell it.
  let classCounts: [Int]

  /// The layout; `named` is the axis of the classes that a user names.
  func layout(named: Int?) -> OutputLayout {
    let samples = samples
    let others = shape.extents.indices.filter { $0 != samples }
    let wide = others.filter { shape[$0] > 1 }
    let classes =
      named ?? softmaxOfClasses(wide) ?? found(wide) ?? others.first { kinds[$0] == .others }
    return OutputLayout(
      samples: samples, classes: classes, positions: wide.filter { $0 != classes })
  }

  /// The axis of the softmax, unless it goes over positions although there is an axis of something
  /// else: Keras takes `activation="softmax"` over the columns where channels are first.
  private func softmaxOfClasses(_ axes: [Int]) -> Int? {
    guard let softmaxAxis, kinds[softmaxAxis] == .positions else { return softmaxAxis }
    return axes.contains { kinds[$0] == .others } ? nil : softmaxAxis
  }

  /// The axis of the samples: the one that follows the samples of the input, else the first that has
  /// as many.
  private var samples: Int? {
    let matching = shape.extents.indices.filter { shape[$0] == sampleCount }
    let followed = matching.first { kinds[$0] == .samples }
    return followed ?? (matching.first == 0 ? 0 : matching.first { $0 != shape.rank - 1 })
  }

  /// The axis of the classes among those of more than one number.
  private func found(_ axes: [Int]) -> Int? {
    let labeled = axes.filter { classCounts.contains(shape[$0]) }
    if labeled.count == 1 { return labeled[0] }
    let free = axes.filter { kinds[$0] == .others }
    if free.count == 1 { return free[0] }
    if axes.count == 1, shape.rank <= 2 { return axes[0] }
    if free.isEmpty { return axes.count > 1 && shape.rank == 3 ? axes.last : nil }
    // Of a value of which nothing is known, channels are the first axis of a map, the last of a table.
    return shape.rank >= 4 ? free.first : free.last
  }
}
