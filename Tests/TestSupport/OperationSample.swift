package import GraphIR
package import Operations
package import TensorCore
import Testing

/// One operation with inputs that it is looked at with.
package struct OperationSample: Sendable, CustomTestStringConvertible {
  /// The operation.
  package let operation: any GraphIR.Operation
  /// Its inputs.
  package let inputs: [Tensor]

  /// The operation and the shapes of its inputs.
  package var testDescription: String {
    "\(type(of: operation).name) \(operation.settings) of "
      + inputs.map { "\($0.shape)" }.joined(separator: ", ")
  }

  /// Takes inputs as they are.
  package init(_ operation: any GraphIR.Operation, _ inputs: [Tensor]) {
    self.operation = operation
    self.inputs = inputs
  }

  /// Makes inputs from shuffled numbers of `range`, no two of which are equal or close.
  package init(
    _ operation: any GraphIR.Operation, shapes: [Shape], in range: ClosedRange<Float> = -1...1
  ) {
    let count = shapes.reduce(0) { $0 + $1.elementCount }
    let step = (range.upperBound - range.lowerBound) / Float(count)
    var generator = SeededGenerator(seed: UInt64(count))
    var numbers = (0..<count).map { range.lowerBound + step * (Float($0) + 0.37) }[...]
    numbers.shuffle(using: &generator)
    self.operation = operation
    self.inputs = shapes.map { shape in
      defer { numbers = numbers.dropFirst(shape.elementCount) }
      return Tensor(shape: shape, elements: Array(numbers.prefix(shape.elementCount)))
    }
  }
}

extension OperationSample {
  /// The shapes between which the operation stands.
  package var site: OperationSite {
    get throws {
      let shapes = inputs.map(\.shape)
      return OperationSite(inputs: shapes, result: try operation.outputShape(for: shapes))
    }
  }

  /// The operation as one that answers questions.
  package var core: any CoreOperation {
    get throws { try #require(operation as? any CoreOperation, "\(operation)") }
  }

  /// The result for some inputs of the same shapes, computed literally.
  package func evaluate(_ inputs: [ReferenceTensor]) throws -> ReferenceTensor {
    let literal = try #require(operation as? any ReferenceEvaluable, "\(operation)")
    return literal.evaluate(inputs, shape: try site.result)
  }
}
