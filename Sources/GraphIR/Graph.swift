public import TensorCore

/// Names a value of a graph: the result of the node at the same index.
public struct ValueID: Hashable, Sendable, Comparable {
  /// The position of the node in `Graph.nodes`.
  public let index: Int

  /// Creates an identifier for the result of the node at `index`.
  public init(_ index: Int) {
    self.index = index
  }

  /// Orders values as their nodes are ordered.
  public static func < (left: ValueID, right: ValueID) -> Bool {
    left.index < right.index
  }
}

/// One operation applied to earlier values; its result is one value.
public struct Node: Sendable {
  /// What is computed.
  public let operation: any Operation

  /// The values it is computed from, in the operation's order.
  public let inputs: [ValueID]

  /// The shape of the result.
  public let shape: Shape

  /// Whether the result depends on no input of the graph.
  package let isConstant: Bool

  /// The first name a user may know the result by, unique in its graph.
  public internal(set) var name: String?
}

/// A result that a graph is asked for.
public struct GraphOutput: Hashable, Sendable {
  /// The name of the result, unique among the outputs.
  public let name: String

  /// The value that is the result.
  public let value: ValueID

  /// Creates an output.
  public init(name: String, value: ValueID) {
    self.name = name
    self.value = value
  }
}

/// Operations applied to values, in an order in which they can be computed.
///
/// Nodes are only ever appended, so that a rewrite never disturbs what is there; what is not
/// needed for the outputs is dropped by simplification.
public struct Graph: Sendable {
  /// The nodes; inputs always come before their users.
  public private(set) var nodes: [Node] = []

  /// The results that are asked for.
  public var outputs: [GraphOutput] = []

  private var identifiers: [String: ValueID] = [:]

  /// The largest number of elements that a single value may have.
  public static let maximumElementCount = 1 << 31

  /// Creates an empty graph.
  public init() {}

  /// The node whose result is `value`.
  public subscript(value: ValueID) -> Node { nodes[value.index] }

  /// The inputs of the graph, in order.
  public var inputs: [(name: String, value: ValueID, shape: Shape)] {
    nodes.enumerated().compactMap { index, node in
      (node.operation as? Input).map { ($0.label, ValueID(index), node.shape) }
    }
  }

  /// The value with a name, or nil.
  public func value(named name: String) -> ValueID? { identifiers[name] }

  /// Every name and its value, in the order of the nodes; a value may have several names.
  public var names: [(name: String, value: ValueID)] {
    identifiers.map { ($0.key, $0.value) }.sorted { ($0.value, $0.name) < ($1.value, $1.name) }
  }

  /// For every node, the indices of the nodes that use its result.
  public var users: [[Int]] {
    var users = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for input in Set(node.inputs) { users[input.index].append(index) }
    }
    return users
  }

  /// Appends a node after checking its inputs.
  ///
  /// - Returns: The value that the node computes.
  /// - Throws: `GraphError` when the operation refuses the shapes or the result is too large.
  public mutating func append(
    _ operation: any Operation, _ inputs: [ValueID], name: String? = nil
  ) throws(GraphError) -> ValueID {
    guard inputs.allSatisfy({ nodes.indices.contains($0.index) }) else {
      throw GraphError(.malformedGraph, "\(type(of: operation).name) uses a value not yet there")
    }
    let shape = try operation.outputShape(for: inputs.map { nodes[$0.index].shape })
    // Axes of extent 0 do not excuse huge other ones: strides are computed from those.
    let nonEmpty = Shape(shape.extents.map { max($0, 1) })
    guard nonEmpty.elementCount <= Graph.maximumElementCount else {
      throw GraphError(
        .tooLarge, "\(type(of: operation).name) would make a value of shape \(shape)")
    }
    let id = ValueID(nodes.count)
    let isConstant = !(operation is Input) && inputs.allSatisfy { nodes[$0.index].isConstant }
    nodes.append(
      Node(operation: operation, inputs: inputs, shape: shape, isConstant: isConstant, name: nil))
    if let name { rename(id, to: name) }
    return id
  }

  /// Gives a value a further name; a name that is taken moves to the new value.
  public mutating func rename(_ value: ValueID, to name: String) {
    if let previous = identifiers[name], nodes[previous.index].name == name {
      nodes[previous.index].name = nil
    }
    nodes[value.index].name = nodes[value.index].name ?? name
    identifiers[name] = value
  }
}
