import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// A score that depends on named inputs.
struct Score {
  let builder = GraphBuilder()
  var inputs: [(value: Value, tensor: Tensor)] = []
  var value: Value?

  /// Adds an input at which the score is looked at.
  mutating func input(_ tensor: Tensor) -> Value {
    let value = builder.input("input \(inputs.count)", shape: tensor.shape)
    inputs.append((value, tensor))
    return value
  }

  /// The sum of the operation's result, weighted by one further input.
  init(_ sample: OperationSample) throws {
    let arguments = sample.inputs.map { input($0) }
    let result = try builder.append(sample.operation, arguments)
    value = (result * randomInput(result.shape)).total
  }

  private mutating func randomInput(_ shape: Shape) -> Value {
    var generator = SeededGenerator(seed: UInt64(shape.elementCount) + 77)
    return input(.random(shape, using: &generator))
  }

  /// Replaces the score by the randomly weighted sum of its gradients.
  mutating func differentiate() throws {
    let gradients = try gradients().compactMap(\.self)
    value = gradients.map { ($0 * randomConstant($0.shape)).total }.reduce(builder.constant(0), +)
  }

  private func randomConstant(_ shape: Shape) -> Value {
    var generator = SeededGenerator(seed: UInt64(shape.elementCount) + 99)
    return builder.constant(.random(shape, using: &generator))
  }

  /// The gradient with respect to every input; nil where the operations say that it is zero.
  func gradients() throws -> [Value?] {
    let score = try #require(value)
    var gradients: [ValueID: Value] = [score.id: builder.constant(1).broadcast(to: score.shape)]
    for index in stride(from: score.id.index, through: 0, by: -1) {
      let output = builder.value(ValueID(index))
      guard let gradient = gradients[output.id], !output.node.inputs.isEmpty else { continue }
      let operation = try #require(output.node.operation as? any DifferentiableOperation)
      let arguments = output.node.inputs.map { builder.value($0) }
      let site = GradientSite(
        inputs: arguments, output: output, outputGradient: gradient,
        isNeeded: arguments.map { _ in true })
      let parts = operation.inputGradients(at: site)
      #expect(parts.count == arguments.count)
      for (argument, part) in zip(arguments, parts) {
        guard let part else { continue }
        #expect(part.shape == argument.shape, "\(type(of: operation).name)")
        gradients[argument.id] = gradients[argument.id].map { $0 + part } ?? part
      }
    }
    return inputs.map { gradients[$0.value.id] }
  }

  /// Compares every gradient with central differences of the score in double precision.
  func expectGradientsMatchDifferences() throws {
    let score = try #require(value)
    let gradients = try gradients()
    let graph = try builder.finish()
    try graph.verify()
    let point = Dictionary(
      uniqueKeysWithValues: inputs.enumerated().map {
        ("input \($0)", ReferenceTensor($1.tensor))
      })
    for (index, gradient) in gradients.enumerated() {
      let shape = inputs[index].tensor.shape
      let derived =
        try gradient.map { try preciseReferenceValues(of: graph, [$0.id], inputs: point)[0] }
        ?? ReferenceTensor(shape: shape)
      var measured = ReferenceTensor(shape: shape)
      for element in measured.elements.indices {
        func moved(_ step: Double) throws -> Double {
          var place = point
          place["input \(index)"]?.elements[element] += step
          return try preciseReferenceValues(of: graph, [score.id], inputs: place)[0].elements[0]
        }
        // Truncation is of order step², rounding of order 1e-16 / step.
        measured.elements[element] = (try moved(1e-5) - moved(-1e-5)) / 2e-5
      }
      expectClose(derived, measured, absolute: 2e-7, relative: 2e-7, "(gradient of input \(index))")
    }
  }
}

extension Value {
  /// The sum of all elements.
  fileprivate var total: Value {
    reduced(.sum, over: Array(0..<shape.rank)).reshaped(to: [])
  }
}
