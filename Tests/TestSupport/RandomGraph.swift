package import GraphIR
import Operations
import TensorCore

/// A seeded random graph of small values, with what it computes for random inputs.
///
/// Samples, channels and one or two axes of positions; every core operation occurs in some. Values
/// stay finite and below 100, and what laws of algebra are about occurs often: zeros, ones,
/// repeated values, common factors and movements that undo each other.
package struct RandomGraph: Sendable {
  /// What it was made of.
  package let seed: UInt64

  /// The graph; what nothing else uses is an output.
  package let graph: Graph

  /// A value for every input.
  package let inputs: [String: ReferenceTensor]

  /// What the graph computes, literally.
  package let outputs: [String: ReferenceTensor]

  /// Makes the graph of a seed.
  package init(seed: UInt64) throws {
    self.seed = seed
    var draft = RandomDraft(seed: seed)
    for _ in 0..<draft.number(5...14) { try draft.grow() }
    try draft.finish()
    graph = draft.builder.graph
    inputs = draft.inputs
    outputs = draft.outputs
  }
}

/// A random expression of values that are there, or nil when there is none.
typealias Maker = @Sendable (inout RandomDraft) -> Value?

/// A random graph that grows.
struct RandomDraft {
  let builder = GraphBuilder()
  private(set) var inputs: [String: ReferenceTensor] = [:]
  private(set) var outputs: [String: ReferenceTensor] = [:]

  private var generator: SeededGenerator
  /// What every value is, by its index.
  private var values: [ReferenceTensor] = []
  /// What operations are applied to.
  private var pool: [Value] = []

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    let positions = Bool.random(using: &generator) ? [number(3...6)] : [number(2...3), 3]
    let shape = Shape([number(1...2), number(1...3)] + positions)
    for label in ["x", "y"] {
      let tensor = Tensor.random(shape, using: &generator)
      inputs[label] = ReferenceTensor(tensor)
      pool.append(builder.input(label, shape: shape))
    }
  }

  /// Adds one random expression, unless it has no value or a large one.
  mutating func grow() throws {
    let makers = RandomDraft.makers
    guard let value = makers[number(0...makers.count - 1)](&self), builder.failure == nil else {
      return
    }
    if try isSmall(value) { pool.append(value) }
  }

  /// Asks for everything that nothing else uses, and gives results to everything.
  mutating func finish() throws {
    let used = Set(builder.graph.nodes.flatMap(\.inputs))
    for (index, value) in pool.enumerated()
    where !used.contains(value.id) || index + 1 == pool.count {
      builder.output("\(index)", value)
      outputs["\(index)"] = values[value.id.index]
    }
    _ = try builder.finish()
  }

  /// Computes what is new; whether all of it is finite and not large.
  private mutating func isSmall(_ value: Value) throws -> Bool {
    let graph = builder.graph
    while values.count < graph.nodes.count {
      let node = graph.nodes[values.count]
      values.append(try evaluate(node, node.inputs.map { values[$0.index] }, inputs))
    }
    return value.shape.elementCount <= 100
      && values[value.id.index].elements.allSatisfy { abs($0) < 100 }
  }
}

/// Random choices.
extension RandomDraft {
  /// A whole number.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  /// One of several things.
  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }

  /// Whether the one of so many cases is drawn.
  mutating func isOne(in count: Int) -> Bool { number(1...count) == 1 }

  /// A list of whole numbers.
  mutating func numbers(_ count: Int, _ range: ClosedRange<Int>) -> [Int] {
    (0..<count).map { _ in number(range) }
  }

  /// A value that is there, or nil when none is suitable.
  mutating func value(where isSuitable: (Shape) -> Bool = { _ in true }) -> Value? {
    let suitable = pool.filter { isSuitable($0.shape) }
    return suitable.isEmpty ? nil : one(of: suitable)
  }

  /// A value with samples, channels and positions.
  mutating func map() -> Value? { value { $0.rank >= 3 && !$0.positions.contains(0) } }

  /// A constant: random, or one of the numbers that laws are about.
  mutating func constant(_ shape: Shape) -> Value {
    switch number(1...5) {
    case 1: builder.constant(Float(one(of: [0, 1, -1]))).broadcast(to: shape)
    case 2: builder.constant(Tensor(shape: shape, repeating: Float(one(of: [0, 1, -1]))))
    default: builder.constant(.random(shape, using: &generator))
    }
  }
}
