import Operations
import TensorCore
import TestSupport
import Testing

struct PoolingExampleTests {
  /// Three taps, stride two, one position of padding on each side.
  let pooling = PoolingWindow(
    kernel: [3], window: SlidingWindow(rank: 1, strides: [2], paddingBefore: [1], paddingAfter: [1])
  )

  @Test func `padding never wins a max pooling`() throws {
    try expect(
      MaxPooling(pooling), tensor([1, 1, 5], -3, -2, -5, -1, -4),
      gives: tensor([1, 1, 3], -2, -1, -1))
  }

  @Test func `the first of equals takes the gradient`() throws {
    // Placements see (7 7), (7 2 7), (7 7).
    try expect(
      MaxPoolingGradient(pooling), tensor([1, 1, 5], 7, 7, 2, 7, 7), tensor([1, 1, 3], 1, 10, 100),
      gives: tensor([1, 1, 5], 1, 10, 0, 100, 0))
  }

  @Test func `the selection takes the second input where the first won`() throws {
    try expect(
      MaxPoolingSelection(pooling),
      tensor([1, 1, 5], 7, 7, 2, 7, 7), tensor([1, 1, 5], 1, 2, 3, 4, 5),
      gives: tensor([1, 1, 3], 1, 2, 4))
  }

  @Test func `averages count padding`() throws {
    try expect(
      AveragePooling(pooling), tensor([1, 1, 5], 3, 6, 9, 12, 15),
      gives: tensor([1, 1, 3], 3, 9, 9))
  }

  @Test func `average gradients are shared among taps`() throws {
    try expect(
      AveragePoolingGradient(pooling, outputPositions: [5]), tensor([1, 1, 3], 3, 30, 300),
      gives: tensor([1, 1, 5], 1, 11, 10, 110, 100))
  }

  @Test func `windows of two axes are searched row by row`() throws {
    let square = PoolingWindow(kernel: [2, 2], window: SlidingWindow(rank: 2))
    let input = tensor([1, 1, 2, 3], 1, 9, 3, 9, 5, 6)
    try expect(MaxPooling(square), input, gives: tensor([1, 1, 1, 2], 9, 9))
    try expect(
      MaxPoolingGradient(square), input, tensor([1, 1, 1, 2], 1, 10),
      gives: tensor([1, 1, 2, 3], 0, 11, 0, 0, 0, 0))
  }
}
