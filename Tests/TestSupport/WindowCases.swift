package import Operations
package import TensorCore

/// Convolutions over one, two and three axes with everything a window can be set to.
package struct ConvolutionCase: Sendable {
  /// The shape of the input.
  package let input: Shape
  /// The shape of the weights.
  package let weights: Shape
  /// The convolution.
  package let operation: Convolution

  /// Creates a case.
  package init(_ input: Shape, _ weights: Shape, groups: Int = 1, _ window: SlidingWindow) {
    self.input = input
    self.weights = weights
    self.operation = Convolution(window: window, groups: groups)
  }

  /// Everything that a window can be set to.
  package static let all: [ConvolutionCase] = [
    ConvolutionCase([2, 2, 5], [3, 2, 3], SlidingWindow(rank: 1)),
    // A remainder that no placement reaches.
    ConvolutionCase([1, 1, 8], [2, 1, 3], SlidingWindow(rank: 1, strides: [3])),
    ConvolutionCase(
      [1, 2, 6], [2, 2, 3],
      SlidingWindow(
        rank: 1, strides: [2], dilations: [2], paddingBefore: [3], paddingAfter: [0])),
    ConvolutionCase(
      [2, 4, 4], [2, 2, 3], groups: 2,
      SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1])),
    // Depthwise, with two outputs per channel.
    ConvolutionCase(
      [1, 3, 5], [6, 1, 3], groups: 3,
      SlidingWindow(rank: 1, strides: [2], paddingBefore: [0], paddingAfter: [1])),
    ConvolutionCase([1, 2, 4, 3], [2, 2, 2, 2], SlidingWindow(rank: 2)),
    // Depthwise, more channels than a block of 16 has.
    ConvolutionCase(
      [2, 18, 4, 5], [18, 1, 5, 3], groups: 18,
      SlidingWindow(rank: 2, strides: [1, 2], paddingBefore: [2, 1], paddingAfter: [2, 1])),
    ConvolutionCase(
      [1, 17, 6], [17, 1, 3], groups: 17,
      SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1])),
    ConvolutionCase(
      [1, 2, 5, 4], [2, 1, 3, 2], groups: 2,
      SlidingWindow(
        rank: 2, strides: [2, 3], dilations: [1, 2], paddingBefore: [1, 0], paddingAfter: [0, 2])),
    ConvolutionCase(
      [1, 1, 2, 3, 3], [1, 1, 2, 2, 2],
      SlidingWindow(
        rank: 3, strides: [1, 2, 1], paddingBefore: [0, 1, 1], paddingAfter: [1, 0, 1])),
    ConvolutionCase(
      [1, 2, 3, 3, 2], [2, 1, 2, 2, 2], groups: 2,
      SlidingWindow(rank: 3, strides: [2, 1, 1], dilations: [1, 2, 1])),
  ]

  /// The shape of the result.
  package var output: Shape {
    get throws { try operation.outputShape(for: [input, weights]) }
  }
}

/// Pooling windows over one, two and three axes.
package struct PoolingCase: Sendable {
  /// The shape of the input.
  package let input: Shape
  /// The window.
  package let pooling: PoolingWindow

  /// Creates a case.
  package init(_ input: Shape, _ kernel: [Int], _ window: SlidingWindow) {
    self.input = input
    self.pooling = PoolingWindow(kernel: kernel, window: window)
  }

  /// Everything that a window can be set to.
  package static let all: [PoolingCase] = [
    PoolingCase([2, 2, 6], [2], SlidingWindow(rank: 1, strides: [2])),
    PoolingCase([1, 2, 8], [3], SlidingWindow(rank: 1, strides: [3])),
    PoolingCase(
      [1, 2, 7], [3],
      SlidingWindow(
        rank: 1, strides: [2], dilations: [2], paddingBefore: [2], paddingAfter: [1])),
    PoolingCase([1, 2, 4, 3], [3, 2], SlidingWindow(rank: 2)),
    PoolingCase(
      [1, 1, 5, 6], [2, 3],
      SlidingWindow(rank: 2, strides: [2, 1], paddingBefore: [0, 2], paddingAfter: [1, 0])),
    PoolingCase([1, 1, 2, 2, 4], [2, 2, 2], SlidingWindow(rank: 3, strides: [2, 2, 2])),
    PoolingCase(
      [1, 1, 2, 3, 3], [2, 3, 2],
      SlidingWindow(
        rank: 3, strides: [1, 2, 1], paddingBefore: [1, 0, 0], paddingAfter: [0, 1, 1])),
  ]

  /// The shape of the result.
  package var output: Shape {
    get throws { try AveragePooling(pooling).outputShape(for: [input]) }
  }
}
