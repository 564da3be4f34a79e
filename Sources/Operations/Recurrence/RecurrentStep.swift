public import GraphIR
public import TensorCore

/// What a recurrence computes at each step: a graph of its own, with its weights as constants.
public struct RecurrentStep: Hashable, Sendable {
  /// What the network calls the layer, such as `LSTM`.
  public let title: String

  /// The inputs are the state, then one element of every sequence; the output is the next state.
  public let graph: Graph

  /// The shape of the state, `[samples, width]`.
  public let state: Shape

  /// The shapes of the elements, `[samples, …]`.
  public let elements: [Shape]

  /// Builds a step.
  ///
  /// - Parameters:
  ///   - title: What the network calls the layer.
  ///   - state: The shape of the state, `[samples, width]`.
  ///   - elements: The shapes of one element of every sequence, `[samples, …]`.
  ///   - next: The next state, of the same shape, made of the state and the elements. Samples stay
  ///     apart.
  /// - Throws: `GraphError` when an expression fails or the shapes do not fit.
  public init(
    _ title: String, state: Shape, elements: [Shape],
    _ next: (_ state: Value, _ elements: [Value]) throws(GraphError) -> Value
  ) throws(GraphError) {
    let builder = GraphBuilder()
    let value = builder.input("state", shape: state)
    let inputs = elements.enumerated().map { builder.input(Self.label($0), shape: $1) }
    let result = try next(value, inputs)
    builder.output("next", result)
    self.title = title
    self.state = state
    self.elements = elements
    graph = try builder.finish()
    guard state.rank == 2, result.shape == state,
      elements.allSatisfy({ $0.rank >= 1 && $0[0] == state[0] })
    else {
      throw GraphError(
        .shapeMismatch,
        "\(Recurrence.name): a step from \(state) and \(elements) to \(result.shape)")
    }
  }

  /// The label of the input for one element.
  private static func label(_ index: Int) -> String { "element \(index)" }

  /// Adds the step to another graph.
  ///
  /// - Parameters:
  ///   - state: The state before.
  ///   - elements: The elements.
  /// - Returns: The next state.
  /// - Throws: `GraphError` when the shapes do not fit.
  package func inserted(state: Value, elements: [Value]) throws(GraphError) -> Value {
    var inputs = ["state": state]
    for (index, element) in elements.enumerated() { inputs[Self.label(index)] = element }
    let values = try state.builder.insert(graph, inputs: inputs)
    return graph.outputs.first.map { values[$0.value.index] } ?? state
  }

  /// Whether both are the same operations on the same values.
  public static func == (left: RecurrentStep, right: RecurrentStep) -> Bool {
    left.title == right.title && left.graph.outputs == right.graph.outputs
      && left.graph.nodes.count == right.graph.nodes.count
      && zip(left.graph.nodes, right.graph.nodes).allSatisfy { a, b in
        a.inputs == b.inputs && a.operation.isEqual(to: b.operation)
      }
  }

  /// Hashes the title and the operations.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(title)
    for node in graph.nodes { hasher.combine(AnyHashable(node.operation)) }
  }
}
