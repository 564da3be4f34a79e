import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// The result of one operation on constants, by the reference evaluator.
func evaluated(_ operation: any GraphIR.Operation, _ inputs: [Tensor]) throws -> Tensor {
  let builder = GraphBuilder()
  let values = inputs.map { builder.constant($0) }
  builder.output("result", try builder.append(operation, values))
  let outputs = try referenceOutputs(of: try builder.finish(), inputs: [:])
  return try #require(outputs["result"])
}

/// Expects that an operation on `inputs` gives exactly `expected`, up to rounding.
func expect(
  _ operation: any GraphIR.Operation, _ inputs: Tensor..., gives expected: Tensor,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  expectClose(
    try evaluated(operation, inputs), expected, absolute: 1e-6, relative: 1e-6, "\(operation)",
    sourceLocation: sourceLocation)
}

/// A tensor written down as rows of numbers.
func tensor(_ shape: Shape, _ elements: Float...) -> Tensor {
  Tensor(shape: shape, elements: elements)
}

/// The numbers 1, 2, 3, … under a shape.
func counting(_ shape: Shape) -> Tensor {
  Tensor(shape: shape, elements: (0..<shape.elementCount).map { Float($0 + 1) })
}
