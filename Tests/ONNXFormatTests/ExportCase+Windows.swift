import GraphIR
import Operations
import TensorCore

extension ExportCase {
  private static let convolutionSettings:
    [(input: Shape, weights: Shape, groups: Int, window: SlidingWindow)] = [
      ([2, 2, 5], [3, 2, 3], 1, SlidingWindow(rank: 1)),
      // Remainders that no placement reaches, of one position and of two.
      ([1, 1, 7], [2, 1, 3], 1, SlidingWindow(rank: 1, strides: [3])),
      ([1, 1, 8], [2, 1, 3], 1, SlidingWindow(rank: 1, strides: [3])),
      (
        [1, 2, 6], [2, 2, 3], 1,
        SlidingWindow(
          rank: 1, strides: [2], dilations: [2], paddingBefore: [3], paddingAfter: [0])
      ),
      (
        [2, 4, 4], [2, 2, 3], 2, SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1])
      ),
      // Depthwise, with two outputs per channel.
      (
        [1, 3, 5], [6, 1, 3], 3,
        SlidingWindow(rank: 1, strides: [2], paddingBefore: [0], paddingAfter: [1])
      ),
      // The last placements see padding only.
      (
        [2, 2, 5], [2, 2, 2], 1,
        SlidingWindow(rank: 1, strides: [2], paddingBefore: [1], paddingAfter: [5])
      ),
      ([1, 2, 4, 3], [2, 2, 2, 2], 1, SlidingWindow(rank: 2)),
      (
        [3, 4, 9, 8], [6, 2, 3, 3], 2,
        SlidingWindow(rank: 2, strides: [2, 2], paddingBefore: [1, 1], paddingAfter: [1, 1])
      ),
      (
        [1, 2, 5, 4], [2, 1, 3, 2], 2,
        SlidingWindow(
          rank: 2, strides: [2, 3], dilations: [1, 2], paddingBefore: [1, 0],
          paddingAfter: [0, 2])
      ),
    ]

  static func convolutions() throws -> [ExportCase] {
    try convolutionSettings.flatMap { input, weights, groups, window in
      let operation = Convolution(window: window, groups: groups)
      let output = try operation.outputShape(for: [input, weights])
      return [
        try ExportCase(operation, shapes: [input, weights, [weights[0]]]),
        try ExportCase(
          TransposedConvolution(operation, outputPositions: input.positions),
          shapes: [output, weights]),
        try ExportCase(
          ConvolutionWeightGradient(operation, kernel: weights.positions),
          shapes: [input, output]),
      ]
    }
  }

  private static let poolingSettings: [(input: Shape, kernel: [Int], window: SlidingWindow)] = [
    ([2, 2, 6], [2], SlidingWindow(rank: 1, strides: [2])),
    ([1, 2, 8], [3], SlidingWindow(rank: 1, strides: [3])),
    (
      [1, 2, 7], [3],
      SlidingWindow(rank: 1, strides: [2], dilations: [2], paddingBefore: [2], paddingAfter: [1])
    ),
    ([1, 2, 4, 3], [3, 2], SlidingWindow(rank: 2)),
    (
      [1, 1, 5, 6], [2, 3],
      SlidingWindow(rank: 2, strides: [2, 1], paddingBefore: [0, 2], paddingAfter: [1, 0])
    ),
    (
      [2, 3, 9, 8], [3, 2],
      SlidingWindow(rank: 2, strides: [2, 2], paddingBefore: [1, 0], paddingAfter: [1, 0])
    ),
  ]

  /// Padding as long as the kernel: some placements hold nothing else.
  private static let paddedPooling = PoolingWindow(
    kernel: [2, 2],
    window: SlidingWindow(
      rank: 2, strides: [1, 2], paddingBefore: [2, 3], paddingAfter: [1, 2]))

  static func poolings() throws -> [ExportCase] {
    let padded: [(Shape, PoolingWindow)] = [
      ([2, 2, 1, 5], paddedPooling), ([1, 1, 3, 4], paddedPooling),
    ]
    let settings = poolingSettings.map { ($0, PoolingWindow(kernel: $1, window: $2)) }
    return try (settings + padded).flatMap { input, pooling in
      let output = try AveragePooling(pooling).outputShape(for: [input])
      let ties = Tensor(
        shape: input, elements: (0..<input.elementCount).map { Float($0 % 3 - $0 % 2) })
      return [
        try ExportCase(MaxPooling(pooling), shapes: [input]),
        try ExportCase(MaxPooling(pooling), [ties]),
        try ExportCase(MaxPoolingGradient(pooling), shapes: [input, output]),
        try ExportCase(MaxPoolingSelection(pooling), shapes: [input, input]),
        try ExportCase(AveragePooling(pooling), shapes: [input]),
        try ExportCase(
          AveragePoolingGradient(pooling, outputPositions: input.positions), shapes: [output]),
      ]
    }
  }

  static func resizings() throws -> [ExportCase] {
    let rules: [Interpolation] = [
      .linear, .nearest(.floor), .nearest(.ceiling), .nearest(.roundPreferringFloor),
      .nearest(.roundPreferringCeiling),
    ]
    return try rules.flatMap { rule -> [ExportCase] in
      let curve = Resize(
        outputPositions: [7], mappings: [.halfPixel(scale: 4 / 7)], interpolation: rule)
      let plane = Resize(
        outputPositions: [4, 2],
        mappings: [
          .receptiveField(origin: 0.5, stride: 1.5), .alignedCorners(input: 4, output: 2),
        ],
        interpolation: rule)
      return [
        try ExportCase(curve, shapes: [[1, 2, 4]]),
        try ExportCase(ResizeGradient(curve, inputPositions: [4]), shapes: [[1, 2, 7]]),
        try ExportCase(plane, shapes: [[1, 2, 3, 4]]),
        try ExportCase(
          ResizeGradient(plane, inputPositions: [3, 4]), shapes: [[1, 2, 4, 2]]),
      ]
    }
  }
}
