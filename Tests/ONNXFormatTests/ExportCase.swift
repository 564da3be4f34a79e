import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport

/// A graph that is written, and what it is given.
struct ExportCase: CustomStringConvertible, Sendable {
  let description: String
  let graph: Graph
  let inputs: [String: Tensor]

  /// One operation, its gradients and the gradients of its gradients.
  init(_ operation: any GraphIR.Operation, _ tensors: [Tensor]) throws {
    let builder = GraphBuilder()
    var inputs: [String: Tensor] = [:]
    func input(_ name: String, _ tensor: Tensor) -> Value {
      inputs[name] = tensor
      return builder.input(name, shape: tensor.shape)
    }
    let arguments = tensors.enumerated().map { input("input \($0)", $1) }
    let result = try builder.append(operation, arguments, name: "result")
    builder.output("result", result)
    let weights = input("weights", .seeded(result.shape, seed: 5))
    var gradients: [Value] = []
    for (index, argument) in arguments.enumerated() {
      guard let gradient = builder.gradient(of: result, weights, argument) else { continue }
      builder.output("gradient \(index)", gradient)
      gradients.append(gradient)
    }
    for (index, gradient) in gradients.enumerated() {
      let second = builder.constant(.seeded(gradient.shape, seed: 9))
      for (other, argument) in (arguments + [weights]).enumerated() {
        guard let curvature = builder.gradient(of: gradient, second, argument) else { continue }
        builder.output("gradient \(other) of gradient \(index)", curvature)
      }
    }
    self.description =
      "\(type(of: operation).name) \(operation.settings) of \(tensors.map(\.shape))"
    self.graph = try builder.finish()
    self.inputs = inputs
  }

  /// One operation on shuffled numbers of `range`, no two of which are equal or close.
  init(
    _ operation: any GraphIR.Operation, shapes: [Shape], in range: ClosedRange<Float> = -1...1
  ) throws {
    let count = shapes.reduce(0) { $0 + $1.elementCount }
    let step = (range.upperBound - range.lowerBound) / Float(count)
    var generator = SeededGenerator(seed: UInt64(count))
    var numbers = (0..<count).map { range.lowerBound + step * (Float($0) + 0.37) }[...]
    numbers.shuffle(using: &generator)
    try self.init(
      operation,
      shapes.map { shape in
        defer { numbers = numbers.dropFirst(shape.elementCount) }
        return Tensor(shape: shape, elements: Array(numbers.prefix(shape.elementCount)))
      })
  }

  /// A graph whose inputs are seeded numbers.
  init(_ description: String, _ build: (GraphBuilder) -> Void) throws {
    let builder = GraphBuilder()
    build(builder)
    self.description = description
    graph = try builder.finish()
    var inputs: [String: Tensor] = [:]
    for (index, input) in graph.inputs.enumerated() {
      inputs[input.name] = .seeded(input.shape, seed: UInt64(index + 1))
    }
    self.inputs = inputs
  }
}

extension GraphBuilder {
  /// A gradient, or nil where there is none.
  fileprivate func gradient(of value: Value, _ weights: Value, _ target: Value) -> Value? {
    try? gradients(of: [Seed(value, weights: weights)], withRespectTo: [target])[0]
  }
}

extension Tensor {
  /// Random numbers in −1…1 that are always the same.
  static func seeded(_ shape: Shape, seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return .random(shape, using: &generator)
  }
}
