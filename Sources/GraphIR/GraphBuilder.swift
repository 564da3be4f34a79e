public import TensorCore

/// Grows a graph through expressions over `Value` handles.
///
/// Expressions cannot throw, so the first failure is kept and `finish()` reports it; what is built
/// after a failure is discarded.
public final class GraphBuilder {
  /// The graph so far.
  public private(set) var graph: Graph

  /// The first failure of an expression, if there was one.
  public private(set) var failure: GraphError?

  /// Starts from a graph, whose nodes stay as they are.
  public init(_ graph: Graph = Graph()) {
    self.graph = graph
  }

  /// A handle on a value that is already there.
  public func value(_ id: ValueID) -> Value {
    Value(builder: self, id: id)
  }

  /// Appends an operation.
  ///
  /// - Throws: `GraphError` when the operation refuses its inputs.
  public func append(
    _ operation: any Operation, _ inputs: [Value], name: String? = nil
  ) throws(GraphError) -> Value {
    value(try graph.append(operation, inputs.map(\.id), name: name))
  }

  /// Appends an operation; a failure is kept for `finish()`.
  public func apply(_ operation: any Operation, _ inputs: [Value]) -> Value {
    do {
      return try append(operation, inputs)
    } catch {
      failure = failure ?? error
      return inputs.first ?? constant(0)
    }
  }

  /// An input of the graph.
  public func input(_ label: String, shape: Shape) -> Value {
    apply(Input(label: label, shape: shape), [])
  }

  /// A constant.
  public func constant(_ tensor: Tensor) -> Value {
    apply(Constant(tensor), [])
  }

  /// A constant number.
  public func constant(_ number: Float) -> Value {
    constant(Tensor(number))
  }

  /// Gives a value the name a user may know it by.
  public func name(_ value: Value, _ name: String) {
    graph.rename(value.id, to: name)
  }

  /// Asks for a value as a result.
  ///
  /// - Returns: What the result is read with; good until outputs are removed.
  @discardableResult
  public func output(_ name: String, _ value: Value) -> OutputHandle {
    graph.outputs.append(GraphOutput(name: name, value: value.id))
    return OutputHandle(index: graph.outputs.count - 1)
  }

  /// Asks for nothing so far.
  public func removeOutputs() {
    graph.outputs = []
  }

  /// Keeps a failure that was found outside an operation.
  public func fail(_ error: GraphError) {
    failure = failure ?? error
  }

  /// Forgets the failure of expressions whose values nobody will use.
  public func forgetFailure() {
    failure = nil
  }

  /// The finished graph.
  ///
  /// - Throws: The first failure of an expression.
  public func finish() throws(GraphError) -> Graph {
    if let failure { throw failure }
    return graph
  }
}

/// A handle on a value of a graph under construction, to write expressions with.
public struct Value {
  /// The builder whose graph holds the value.
  public let builder: GraphBuilder

  /// Which value of the graph it is.
  public let id: ValueID

  /// Creates a handle.
  public init(builder: GraphBuilder, id: ValueID) {
    self.builder = builder
    self.id = id
  }

  /// The shape of the value.
  public var shape: Shape { builder.graph[id].shape }

  /// The node that computes the value.
  public var node: Node { builder.graph[id] }
}
