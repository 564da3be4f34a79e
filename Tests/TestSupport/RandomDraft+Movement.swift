import GraphIR
import Operations
import TensorCore

extension RandomDraft {
  /// The same numbers in other places, and sums over axes.
  static let movement: [Maker] = [
    { $0.reshaped() }, { $0.transposed() }, { $0.sliced() }, { $0.padded() },
    { $0.concatenated() }, { $0.gathered() }, { $0.reduced() }, { $0.repeated() },
    { $0.softmax() }, { $0.resized() },
  ]

  private mutating func reshaped() -> Value? {
    guard let x = value() else { return nil }
    let extents = x.shape.extents
    let axis = number(0...max(x.shape.rank - 1, 0))
    let shapes: [[Int]] = [
      [x.shape.elementCount], extents, [1] + extents, extents + [1],
      extents.isEmpty
        ? [1]
        : Array(extents[..<axis]) + [extents[axis...].reduce(1, *)],
    ]
    let first = x.reshaped(to: Shape(one(of: shapes)))
    if isOne(in: 2) { return builder.apply(Reshape(to: first.shape), [x]) }
    return builder.apply(Reshape(to: Shape(one(of: shapes))), [first])
  }

  private mutating func transposed() -> Value? {
    guard let x = value(where: { $0.rank >= 2 }) else { return nil }
    let axes = Array(0..<x.shape.rank)
    // The order of two of these matters: they do not commute.
    let turns = [
      axes, axes.reversed(), Array(axes.dropFirst()) + [0], [1, 0] + axes.dropFirst(2),
    ].map(Transpose.init)
    let turn = one(of: turns)
    let first = builder.apply(turn, [x])
    return isOne(in: 2) ? first : builder.apply(one(of: turns + [turn.inverse]), [first])
  }

  private mutating func sliced() -> Value? {
    guard let x = value(where: { $0.elementCount > 0 }) else { return nil }
    if isOne(in: 3) {
      return builder.apply(
        Slice(starts: x.shape.extents.map { _ in 0 }, counts: x.shape.extents), [x])
    }
    let starts = x.shape.extents.map { number(0...$0 - 1) }
    let steps = numbers(x.shape.rank, 1...2)
    let counts = x.shape.extents.indices.map {
      1 + number(0...(x.shape[$0] - 1 - starts[$0]) / steps[$0])
    }
    return x.sliced(starts: starts, counts: counts, steps: steps)
  }

  private mutating func padded() -> Value? {
    guard let x = value() else { return nil }
    let rank = x.shape.rank
    let largest = isOne(in: 3) ? 0 : 1
    return x.padded(
      before: numbers(rank, 0...largest), after: numbers(rank, 0...largest),
      between: numbers(rank, 0...largest), number: Float(one(of: [0, 0.5, -1])))
  }

  private mutating func concatenated() -> Value? {
    guard let x = value(where: { $0.rank >= 1 }) else { return nil }
    let shape = x.shape
    let others = (0..<number(0...2)).compactMap { _ in value { $0 == shape } }
    return builder.apply(Concatenate(axis: number(0...shape.rank - 1)), [x] + others)
  }

  private mutating func gathered() -> Value? {
    guard let x = value(where: { $0.rank >= 1 && !$0.extents.contains(0) }) else { return nil }
    let axis = number(0...x.shape.rank - 1)
    let extent = x.shape[axis]
    if isOne(in: 2) { return x.gathered(axis, numbers(number(1...4), 0...extent - 1)) }
    return builder.apply(
      ScatterSum(axis: axis, indices: numbers(extent, 0...3), extent: 4), [x])
  }

  private mutating func axes(of x: Value) -> [Int] {
    (0..<x.shape.rank).filter { _ in isOne(in: 2) }
  }

  private mutating func reduced() -> Value? {
    guard let x = value(where: { !$0.extents.contains(0) }) else { return nil }
    let function: ReductionFunction = one(of: [.sum, .sum, .maximum, .minimum, .product])
    let axes = axes(of: x)
    let reduced = x.reduced(function, over: axes)
    return isOne(in: 2) ? reduced : reduced.reduced(function, over: axes)
  }

  /// Something repeated, once or twice, and perhaps added up again.
  private mutating func repeated() -> Value? {
    guard let x = value(where: { $0.rank >= 1 }) else { return nil }
    let axes = axes(of: x)
    let single = one(of: [x.reduced(.sum, over: axes), constant(x.shape).reduced(.sum, over: axes)])
    let once = builder.apply(Broadcast(to: x.shape), [single])
    switch number(1...3) {
    case 1: return once
    case 2: return builder.apply(Broadcast(to: Shape([2] + x.shape.extents)), [once])
    default: return once.reduced(.sum, over: isOne(in: 2) ? axes : self.axes(of: x))
    }
  }

  private mutating func softmax() -> Value? {
    guard let x = value(where: { $0.rank >= 1 }) else { return nil }
    let axis = number(0...x.shape.rank - 1)
    return isOne(in: 2)
      ? builder.apply(Softmax(axis: axis), [x]) : builder.apply(LogSoftmax(axis: axis), [x])
  }

  private mutating func resized() -> Value? {
    guard let x = map() else { return nil }
    let positions = numbers(x.shape.positions.count, 1...4)
    let resize = Resize(
      outputPositions: positions,
      mappings: zip(x.shape.positions, positions).map {
        .halfPixel(scale: Double($0) / Double($1))
      },
      interpolation: one(of: [.linear, .nearest(.floor)]))
    if isOne(in: 2) { return builder.apply(resize, [x]) }
    return builder.apply(
      ResizeGradient(resize, inputPositions: x.shape.positions),
      [constant(Shape([x.shape[0], x.shape[1]] + positions))])
  }
}
