import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// An operation over one axis is the same operation over two axes, the first of extent 1.
struct RankTests {
  @Test(arguments: ConvolutionCase.all.filter { $0.input.rank == 3 })
  func `convolutions over one axis are those over height 1`(item: ConvolutionCase) throws {
    let operation = item.operation
    let plane = Convolution(window: operation.window.withHeight, groups: operation.groups)
    let output = try item.output
    try expectEqual(operation, plane, [item.input, item.weights])
    try expectEqual(
      TransposedConvolution(operation, outputPositions: item.input.positions),
      TransposedConvolution(plane, outputPositions: [1] + item.input.positions),
      [output, item.weights])
    try expectEqual(
      ConvolutionWeightGradient(operation, kernel: item.weights.positions),
      ConvolutionWeightGradient(plane, kernel: [1] + item.weights.positions), [item.input, output])
  }

  @Test(arguments: PoolingCase.all.filter { $0.input.rank == 3 })
  func `poolings over one axis are those over height 1`(item: PoolingCase) throws {
    let pooling = item.pooling
    let plane = PoolingWindow(kernel: [1] + pooling.kernel, window: pooling.window.withHeight)
    let output = try item.output
    try expectEqual(MaxPooling(pooling), MaxPooling(plane), [item.input])
    try expectEqual(MaxPoolingGradient(pooling), MaxPoolingGradient(plane), [item.input, output])
    try expectEqual(
      MaxPoolingSelection(pooling), MaxPoolingSelection(plane), [item.input, item.input])
    try expectEqual(AveragePooling(pooling), AveragePooling(plane), [item.input])
    try expectEqual(
      AveragePoolingGradient(pooling, outputPositions: item.input.positions),
      AveragePoolingGradient(plane, outputPositions: [1] + item.input.positions), [output])
  }

  private func expectEqual(
    _ line: any GraphIR.Operation, _ plane: any GraphIR.Operation, _ shapes: [Shape]
  ) throws {
    let inputs = OperationSample(line, shapes: shapes).inputs
    let expected = try evaluated(line, inputs)
    let actual = try evaluated(plane, inputs.map { $0.reshaped(to: $0.shape.withHeight) })
    #expect(actual.shape == expected.shape.withHeight)
    #expect(actual.elements == expected.elements)
  }
}

extension Shape {
  /// The shape with an axis of extent 1 before its positions.
  fileprivate var withHeight: Shape { Shape(extents.prefix(2) + [1] + positions) }
}

extension SlidingWindow {
  /// The window with a first axis along which it does nothing.
  fileprivate var withHeight: SlidingWindow {
    SlidingWindow(
      rank: rank + 1, strides: [1] + strides, dilations: [1] + dilations,
      paddingBefore: [0] + paddingBefore, paddingAfter: [0] + paddingAfter)
  }
}
