import GraphIR
import Operations
import TensorCore

/// Arithmetic of spectra in a graph, `[samples, 1, points]`, that loses as little as 32 bits allow.
extension Value {
  /// The spectra less their means.
  ///
  /// Their first points are subtracted before: what varies little on a high level keeps its digits, and a
  /// flat spectrum becomes zero.
  var lessMean: Value {
    let shifted = self - sliced(2, start: 0, count: 1)
    let near = shifted - shifted.mean(over: .positions)
    return near - near.mean(over: .positions)
  }

  /// The spectra divided by a size of each, `[samples, 1, 1]`; zeros stay where it is zero.
  func divided(bySize size: Value) -> Value {
    self / size.maximum(builder.constant(.leastNormalMagnitude))
  }

  /// The spectra less one number per point, whose digits beyond 32 bits count too.
  func less(_ numbers: [Double]) -> Value {
    let high = numbers.map { Float($0) }
    let low = zip(numbers, high).map { Float($0 - Double($1)) }
    let near = self - constant(high)
    return low.allSatisfy { $0 == 0 } ? near : near - constant(low)
  }

  /// The spectra, each point multiplied with its number.
  func times(_ numbers: [Double]) -> Value {
    self * constant(numbers.map { Float($0) })
  }

  /// The differences of neighbors, one point fewer.
  var differences: Value {
    let count = shape[2] - 1
    return sliced(2, start: 1, count: count) - sliced(2, start: 0, count: count)
  }

  /// The spectra multiplied with a matrix, `[samples, 1, columns]`.
  ///
  /// - Parameters:
  ///   - rows: One row per point.
  ///   - columns: How many numbers a row has.
  /// - Returns: One row for each spectrum.
  func product(_ rows: [[Double]], columns: Int) -> Value {
    let matrix = Tensor(
      shape: [rows.count, columns], elements: rows.flatMap { $0.map { Float($0) } })
    return reshaped(to: [shape[0], shape[2]]).product(builder.constant(matrix))
      .reshaped(to: [shape[0], 1, columns])
  }

  private func constant(_ numbers: [Float]) -> Value {
    builder.constant(Tensor(shape: [1, 1, numbers.count], elements: numbers))
  }
}
