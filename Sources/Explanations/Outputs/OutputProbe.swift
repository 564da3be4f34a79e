import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// Runs a network on a few inputs to see what the numbers of an output have in common.
struct OutputProbe {
  /// Whether the numbers of all classes lie in 0…1 and sum to 1, at every position.
  private(set) var sumsToOne = true

  /// Whether the numbers of all classes are a vector of length 1, at every position.
  private(set) var hasUnitLength = true

  /// How many inputs are tried.
  private static let inputCount = 3

  /// Tries an output.
  ///
  /// - Parameters:
  ///   - graph: The network.
  ///   - output: One of its values, `[1, classes, positions…]` by `layout`.
  ///   - layout: Which of its axes counts what.
  /// - Throws: What building, compiling and running throw.
  init(_ graph: Graph, _ output: ValueID, _ layout: OutputLayout) throws {
    let builder = GraphBuilder(graph)
    builder.removeOutputs()
    let values = layout.canonical(builder.value(output), samples: 1)
    let handle = builder.output("probed", values)
    let finished = try builder.finish().simplified()
    let program = try Program(finished)
    var generator = SplitMix64(seed: 1)
    for _ in 0..<Self.inputCount {
      var inputs: [String: Tensor] = [:]
      for input in finished.inputs {
        inputs[input.name] = Tensor(
          shape: input.shape,
          elements: (0..<input.shape.elementCount).map { _ in
            Float.random(in: -1...1, using: &generator)
          })
      }
      look(at: try program.run(inputs)[handle])
    }
  }

  private mutating func look(at values: Tensor) {
    let count = values.shape[1]
    let size = values.elements.count / max(count, 1)
    for position in 0..<size {
      let numbers = (0..<count).map { Double(values.elements[$0 * size + position]) }
      let sum = numbers.reduce(0, +)
      let square = numbers.reduce(0) { $0 + $1 * $1 }
      if !numbers.allSatisfy({ (-1e-6...1.000_001).contains($0) }) || !(abs(sum - 1) < 1e-4) {
        sumsToOne = false
      }
      if !(abs(square - 1) < 1e-3) { hasUnitLength = false }
    }
  }
}

extension Graph {
  /// Whether nothing but movements and additions of constants stands behind the last learned linear
  /// operation, so that a value is one raw number or another.
  func endsInLinearMap(_ value: ValueID) -> Bool {
    var value = value
    while true {
      let node = self[value]
      guard let core = node.core else { return false }
      let computed = node.inputs.indices.filter { !self[node.inputs[$0]].isConstant }
      let isLearned = core.parameterInputs.contains { index in
        index < node.inputs.count && !computed.contains(index)
      }
      if isLearned, computed.count == 1 { return true }
      let linearity = core.linearity(inputCount: node.inputs.count)
      guard computed.count == 1, linearity.isLinear(in: [computed[0]]) else { return false }
      value = node.inputs[computed[0]]
    }
  }
}
