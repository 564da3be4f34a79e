import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct GradientTests {
  @Test(arguments: OperationCatalog.differentiableTwice)
  func `gradients match finite differences`(sample: OperationSample) throws {
    try Score(sample).expectGradientsMatchDifferences()
  }

  @Test(arguments: OperationCatalog.differentiableTwice)
  func `gradients of gradients match finite differences`(sample: OperationSample) throws {
    var score = try Score(sample)
    try score.differentiate()
    try score.expectGradientsMatchDifferences()
  }

  @Test func `every window makes three convolutions and five poolings`() {
    #expect(OperationCatalog.convolutions.count == 3 * ConvolutionCase.all.count)
    #expect(OperationCatalog.poolings.count == 5 * PoolingCase.all.count)
  }

  @Test(arguments: [[0, 2, -3], [0, 2, 0], [0, 0, 0]] as [[Float]])
  func `products have gradients at zeros`(row: [Float]) throws {
    let input = Tensor(shape: [1, 3], elements: row)
    try Score(OperationSample(Reduction(.product, axes: [1]), [input]))
      .expectGradientsMatchDifferences()
  }

  @Test func `kinks take the side of zero, and ties go to the left`() throws {
    #expect(try gradients(Unary(.rectify), tensor([3], -1, 0, 2)) == [tensor([3], 0, 0, 1)])
    #expect(
      try gradients(Unary(.clip(lower: 0, upper: 2)), tensor([3], 0, 1, 2))
        == [tensor([3], 0, 1, 0)])
    #expect(try gradients(Unary(.absolute), tensor([2], 0, -2)) == [tensor([2], 0, -1)])
    for function in [BinaryFunction.maximum, .minimum] {
      #expect(
        try gradients(Binary(function), tensor([1], 3), tensor([1], 3))
          == [tensor([1], 1), tensor([1], 0)])
    }
  }

  @Test func `rounding may be passed straight through, and a value be held`() throws {
    let x = tensor([3], -1.2, 0.4, 2)
    #expect(try gradients(Unary(.roundStraightThrough), x) == [tensor([3], 1, 1, 1)])
    let value = GraphBuilder().constant(x)
    let site = GradientSite(
      inputs: [value], output: value.applying(.held), outputGradient: value, isNeeded: [true])
    #expect(Unary(.held).inputGradients(at: site).allSatisfy { $0 == nil })
  }

  @Test func `the largest share their gradient`() throws {
    #expect(
      try gradients(Reduction(.maximum, axes: [0]), tensor([4], 5, 1, 5, 2))
        == [tensor([4], 0.5, 0, 0.5, 0)])
  }

  @Test func `only gradients that are needed are made`() throws {
    for item in OperationCatalog.differentiableTwice {
      let builder = GraphBuilder()
      let inputs = item.inputs.map { builder.constant($0) }
      let output = try builder.append(item.operation, inputs)
      let operation = try #require(item.operation as? any DifferentiableOperation)
      let site = GradientSite(
        inputs: inputs, output: output, outputGradient: output,
        isNeeded: inputs.map { _ in false })
      #expect(operation.inputGradients(at: site).allSatisfy { $0 == nil }, "\(item)")
    }
  }

  /// The gradients of the sum of an operation's result.
  private func gradients(
    _ operation: any DifferentiableOperation, _ inputs: Tensor...
  ) throws -> [Tensor] {
    let builder = GraphBuilder()
    let values = inputs.map { builder.constant($0) }
    let output = try builder.append(operation, values)
    let one = builder.constant(1).broadcast(to: output.shape)
    let site = GradientSite(
      inputs: values, output: output, outputGradient: one, isNeeded: values.map { _ in true })
    for (index, gradient) in operation.inputGradients(at: site).enumerated() {
      builder.output("\(index)", try #require(gradient))
    }
    let results = try referenceOutputs(of: builder.finish(), inputs: [:])
    return try inputs.indices.map { try #require(results["\($0)"]) }
  }
}
