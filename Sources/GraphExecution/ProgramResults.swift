public import GraphIR
public import TensorCore

/// What a run of a program gave: the outputs of its graph, in their order.
public struct ProgramResults: Sequence, Hashable, Sendable {
  private let list: OutputList
  private let tensors: [Tensor]

  init(_ list: OutputList, _ tensors: [Tensor]) {
    self.list = list
    self.tensors = tensors
  }

  /// The names of the outputs.
  public var names: [String] { list.names }

  /// The outputs by name.
  public var byName: [String: Tensor] { list.places.mapValues { tensors[$0] } }

  /// The output of the graph that a handle stands for.
  public subscript(output: OutputHandle) -> Tensor { tensors[output.index] }

  /// The output with a name, or nil; for graphs whose outputs were named elsewhere.
  public subscript(name: String) -> Tensor? { list.places[name].map { tensors[$0] } }

  /// All outputs with their names.
  public func makeIterator() -> some IteratorProtocol<(name: String, tensor: Tensor)> {
    zip(names, tensors).lazy.map { (name: $0.0, tensor: $0.1) }.makeIterator()
  }
}

/// The names of a program's outputs and where they stand, the same for all its runs.
struct OutputList: Hashable, Sendable {
  let names: [String]
  let places: [String: Int]

  init(_ names: [String]) {
    self.names = names
    places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }
}
