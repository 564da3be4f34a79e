import GraphIR
import Operations
import TensorCore

extension OperationCatalog {
  /// Samples of convolutions.
  package static let convolutions = ConvolutionCase.all.flatMap { item -> [OperationSample] in
    guard let output = try? item.output else { return [] }
    let (input, weights, operation) = (item.input, item.weights, item.operation)
    return [
      OperationSample(operation, shapes: [input, weights, [weights[0]]]),
      OperationSample(
        TransposedConvolution(operation, outputPositions: input.positions),
        shapes: [output, weights]),
      OperationSample(
        ConvolutionWeightGradient(operation, kernel: weights.positions), shapes: [input, output]),
    ]
  }

  /// Samples of poolings.
  package static let poolings = PoolingCase.all.flatMap { item -> [OperationSample] in
    guard let output = try? item.output else { return [] }
    let (input, pooling) = (item.input, item.pooling)
    return [
      OperationSample(MaxPooling(pooling), shapes: [input]),
      OperationSample(MaxPoolingGradient(pooling), shapes: [input, output]),
      OperationSample(MaxPoolingSelection(pooling), shapes: [input, input]),
      OperationSample(AveragePooling(pooling), shapes: [input]),
      OperationSample(
        AveragePoolingGradient(pooling, outputPositions: input.positions), shapes: [output]),
    ]
  }
}
