import Operations
import TensorCore
import TestSupport
import Testing

struct LinearExampleTests {
  @Test func `convolution correlates and does not flip`() throws {
    try expect(
      Convolution(window: SlidingWindow(rank: 1)),
      tensor([1, 1, 4], 1, 2, 3, 4), tensor([1, 1, 2], 10, 1),
      gives: tensor([1, 1, 3], 12, 23, 34))
  }

  @Test func `convolution over two axes with stride, padding before only and bias`() throws {
    let window = SlidingWindow(
      rank: 2, strides: [1, 2], paddingBefore: [1, 0], paddingAfter: [0, 0])
    // Rows 0, [1 2 3], [4 5 6]; kernel rows [1 2], [3 4] on columns 0…1.
    try expect(
      Convolution(window: window),
      counting([1, 1, 2, 3]), tensor([1, 1, 2, 2], 1, 2, 3, 4), tensor([1], 100),
      gives: tensor([1, 1, 2, 1], 111, 137))
  }

  @Test func `dilation spreads the taps`() throws {
    try expect(
      Convolution(window: SlidingWindow(rank: 1, dilations: [2])),
      tensor([1, 1, 4], 1, 2, 3, 4), tensor([1, 1, 2], 10, 1),
      gives: tensor([1, 1, 2], 13, 24))
  }

  @Test func `channels mix inside their group only`() throws {
    // Groups {0, 1} and {2, 3}, one output each.
    try expect(
      Convolution(window: SlidingWindow(rank: 1), groups: 2),
      tensor([1, 4, 2], 1, 2, 3, 4, 5, 6, 7, 8), tensor([2, 2, 1], 1, 10, 2, 20),
      gives: tensor([1, 2, 2], 31, 42, 150, 172))
  }

  @Test func `transposed convolution spreads each value over its taps`() throws {
    let convolution = Convolution(window: SlidingWindow(rank: 1, strides: [2]))
    // The last of six positions is reached by no placement.
    try expect(
      TransposedConvolution(convolution, outputPositions: [6]),
      tensor([1, 1, 2], 1, 10), tensor([1, 1, 3], 1, 2, 3),
      gives: tensor([1, 1, 6], 1, 2, 13, 20, 30, 0))
  }

  @Test func `the weight gradient correlates input and gradient`() throws {
    let convolution = Convolution(
      window: SlidingWindow(rank: 1, strides: [2], paddingBefore: [1], paddingAfter: [0]))
    // Placements see (pad, 1, 2) and (2, 3, 4), seeded 1 and 10.
    try expect(
      ConvolutionWeightGradient(convolution, kernel: [3]),
      tensor([1, 1, 4], 1, 2, 3, 4), tensor([1, 1, 2], 1, 10),
      gives: tensor([1, 1, 3], 20, 31, 42))
  }

  @Test func `a matrix product with bias`() throws {
    try expect(
      MatrixProduct(), counting([2, 3]), tensor([3, 2], 1, 2, 3, 4, 5, 6), tensor([2], 100, 200),
      gives: tensor([2, 2], 122, 228, 149, 264))
  }

  @Test func `a stack of products with both operands transposed`() throws {
    // Left: columns of [[1 2]] and [[3 4]]; right: rows of one inner extent.
    try expect(
      MatrixProduct(transposesLeft: true, transposesRight: true),
      counting([2, 1, 2]), tensor([2, 2, 1], 1, 10, 100, 1000),
      gives: tensor([2, 2, 2], 1, 10, 2, 20, 300, 3000, 400, 4000))
  }
}
