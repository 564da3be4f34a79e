import GraphIR
import Operations
import TensorCore

extension Transpose: ScoreOperation {
  func rawScores(behind value: Value) -> RawScores? {
    value.sources[0].rawScores.map { scores in
      RawScores(
        value: scores.value.transposed(permutation), activation: scores.activation,
        axis: scores.axis.flatMap(permutation.firstIndex))
    }
  }

  func part(of value: Value, _ axis: Int, start: Int, count: Int) -> Value? {
    value.sources[0].part(permutation[axis], start: start, count: count).transposed(permutation)
  }
}

extension Reshape: ScoreOperation {
  func rawScores(behind value: Value) -> RawScores? {
    guard let scores = value.sources[0].rawScores else { return nil }
    let axis = scores.axis.flatMap { self.axis(holding: $0, of: value) }
    guard (axis == nil) == (scores.axis == nil) else { return nil }
    return RawScores(
      value: scores.value.reshaped(to: value.shape), activation: scores.activation, axis: axis)
  }

  func part(of value: Value, _ axis: Int, start: Int, count: Int) -> Value? {
    let source = value.sources[0]
    guard
      let old = source.shape.extents.indices.first(where: {
        self.axis(holding: $0, of: value) == axis
      })
    else { return nil }
    return source.part(old, start: start, count: count)
      .reshaped(to: value.shape.replacing(axis, with: count))
  }

  /// The axis of the result that is an axis of the input, index by index.
  private func axis(holding source: Int, of value: Value) -> Int? {
    value.builder.graph.axes(of: value.id)[0].firstIndex { $0.isSame(source) }
  }
}

extension Slice: ScoreOperation {
  /// A softmax needs all of its axis.
  func rawScores(behind value: Value) -> RawScores? {
    guard let scores = value.sources[0].rawScores,
      scores.axis.map({ value.shape[$0] == scores.value.shape[$0] }) ?? true
    else { return nil }
    return RawScores(
      value: value.builder.apply(self, [scores.value]), activation: scores.activation,
      axis: scores.axis)
  }
}

extension Concatenate: ScoreOperation {
  func rawScores(behind value: Value) -> RawScores? {
    let parts = value.sources.compactMap(\.rawScores)
    guard parts.count == value.sources.count, let first = parts.first, first.axis != axis,
      parts.allSatisfy({ $0.activation == first.activation && $0.axis == first.axis })
    else { return nil }
    return RawScores(
      value: .concatenated(parts.map(\.value), axis: axis), activation: first.activation,
      axis: first.axis)
  }

  /// Along another axis a part of each input; along its own, what it covers of each.
  func part(of value: Value, _ axis: Int, start: Int, count: Int) -> Value? {
    guard axis == self.axis else {
      let parts = value.sources.map { $0.part(axis, start: start, count: count) }
      return .concatenated(parts, axis: self.axis)
    }
    var (parts, first): ([Value], Int) = ([], 0)
    for source in value.sources {
      let covered = (first..<first + source.shape[axis]).clamped(to: start..<start + count)
      if !covered.isEmpty {
        parts.append(
          source.part(axis, start: covered.lowerBound - first, count: covered.count))
      }
      first += source.shape[axis]
    }
    return parts.isEmpty ? nil : .concatenated(parts, axis: axis)
  }
}
