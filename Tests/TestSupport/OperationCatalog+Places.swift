import GraphIR
import Operations
import TensorCore

extension OperationCatalog {
  /// Samples of what axes become in channels-last networks, in windows and in shuffled channels.
  package static let regroupings: [OperationSample] =
    ([
      ([1, 6, 4], [1, 2, 3, 4]), ([2, 2, 3, 2], [2, 12]), ([2, 3], [2, 3, 1, 1]),
      ([2, 3, 1, 1], [2, 3]), ([1, 3, 4], [3, 1, 4]), ([1, 2, 4, 2], [1, 2, 2, 2, 2, 1]),
      ([4, 6], [3, 8]), ([2, 6, 2], [2, 2, 6]), ([5], [1, 5]),
    ] as [(Shape, Shape)]).map { OperationSample(Reshape(to: $1), shapes: [$0]) }
    + [
      OperationSample(Transpose([0, 2, 3, 1]), shapes: [[2, 2, 2, 3]]),
      OperationSample(Transpose([0, 2, 1]), shapes: [[2, 3, 2]]),
      OperationSample(Concatenate(axis: 2), shapes: [[1, 2, 3], [1, 2, 2]]),
      OperationSample(Concatenate(axis: 0), shapes: [[1, 2], [2, 2]]),
      OperationSample(Gather(axis: 2, indices: [1, 3]), shapes: [[1, 2, 4]]),
      OperationSample(Gather(axis: 1, indices: [3, 2, 1, 0]), shapes: [[1, 4, 2]]),
      OperationSample(Gather(axis: 0, indices: [1]), shapes: [[3, 2]]),
      OperationSample(Broadcast(to: [2, 2, 3, 2]), shapes: [[2, 1, 1]]),
      OperationSample(Pad(before: [0, 0, 1], after: [0, 0, 2]), shapes: [[1, 2, 3]]),
      OperationSample(MatrixProduct(), shapes: [[2, 2, 3, 2], [2, 2, 2, 3]]),
      OperationSample(Softmax(axis: 3), shapes: [[1, 2, 2, 3]]),
      OperationSample(Reduction(.sum, axes: [2, 3]), shapes: [[1, 2, 3, 2]]),
    ]

  /// Samples of what is given and what is known.
  package static let stored: [OperationSample] = [
    OperationSample(Input(label: "x", shape: [2, 3]), shapes: []),
    OperationSample(Constant(Tensor(shape: [2], elements: [0, 3])), shapes: []),
    OperationSample(Constant(Tensor(shape: [2], elements: [1, -3])), shapes: []),
  ]

  /// Samples of normalizations over a batch and what they pass back.
  package static let normalizations: [OperationSample] =
    ([[3, 2, 4], [2, 2, 2, 3]] as [Shape]).flatMap { shape -> [OperationSample] in
      let normalization = BatchNormalization()
      let channels = Shape([shape[1]])
      return [
        OperationSample(normalization, shapes: [shape, channels, channels]),
        OperationSample(BatchMoments(), shapes: [shape]),
        OperationSample(
          BatchNormalizationSums(normalization), shapes: [shape, channels, channels, shape]),
        OperationSample(
          BatchNormalizationGradient(normalization), shapes: [shape, channels, channels, shape]),
      ]
    }
}
