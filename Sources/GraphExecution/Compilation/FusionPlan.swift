import GraphIR
import Operations
import TensorCore

/// What follows a linear operation inside its own kernel.
enum PostStep: Hashable {
  /// A function of each number.
  case unary(UnaryFunction)
  /// `x · logistic(x)`
  case swish
  /// The sum with a value of the same shape.
  case add(ValueID)
  /// The sum with one number; the kernel takes it as its bias.
  case offset(Float)
}

/// A linear operation and what its kernel does to each result before it is stored.
struct LinearChain {
  let head: ValueID
  var steps: [PostStep] = []
  var tail: ValueID
}

/// Decides which nodes share a kernel.
///
/// Functions and sums behind a convolution or matrix product become part of it; the remaining
/// elementwise nodes with one user of equal shape become part of that user. Rectifiers behind batch
/// norms become part of those first.
struct FusionPlan {
  /// Whether a node needs no input of the graph.
  let isConstant: [Bool]

  /// For each node, the nodes that use its result and are needed themselves.
  let users: [[Int]]

  /// The chains by the index of their last node.
  private(set) var chains: [Int: LinearChain] = [:]

  /// The rectifiers that are part of batch norms.
  let normalizations: NormalizationFusion

  /// Whether a node is computed inside the kernel of a later one.
  private(set) var isInlined: [Bool]

  private var isInChain: [Bool]
  /// Whether a value is an output of the graph.
  let isOutput: [Bool]

  private let graph: Graph

  /// How many nodes one elementwise kernel may hold.
  private static let clusterLimit = 24

  /// Plans the kernels of a graph.
  ///
  /// - Parameters:
  ///   - graph: What is compiled.
  ///   - foldsConstants: Whether nodes that depend on constants only are left to be evaluated
  ///     beforehand.
  init(_ graph: Graph, foldsConstants: Bool = true) {
    self.graph = graph
    let count = graph.nodes.count
    let live = graph.live
    let isConstant = graph.nodes.map {
      foldsConstants ? $0.isConstant : $0.operation is Constant
    }
    var isOutput = [Bool](repeating: false, count: count)
    for output in graph.outputs { isOutput[output.value.index] = true }
    self.isConstant = isConstant
    self.isOutput = isOutput
    users = graph.users.map { $0.filter { live[$0] && !isConstant[$0] } }
    let normalizations = NormalizationFusion(graph, users: users, isOutput: isOutput)
    self.normalizations = normalizations
    isInlined = graph.nodes.indices.map { normalizations.inlined.contains($0) }
    isInChain = graph.nodes.indices.map {
      normalizations.inlined.contains($0) || normalizations.byRectifier[$0] != nil
    }
    planChains()
    planClusters()
  }

  /// Whether a node is needed, and computed by a kernel of its own.
  func isLowered(_ index: Int) -> Bool {
    guard !isConstant[index], !isInlined[index] else { return false }
    return isOutput[index] || !users[index].isEmpty
  }

  /// The last node at whose place a kernel reads a value, or nil when it is read at the end.
  func lastReader(of value: ValueID) -> Int? {
    if isOutput[value.index] { return nil }
    var last = value.index
    for user in users[value.index] {
      guard let reader = isInlined[user] ? lastReader(of: ValueID(user)) : user else { return nil }
      last = max(last, reader)
    }
    return last
  }

  private mutating func planChains() {
    for (index, node) in graph.nodes.enumerated() where !isConstant[index] {
      let isMatrix = node.operation is MatrixProduct && node.shape.rank == 2
      guard node.operation is Convolution || isMatrix else { continue }
      var chain = LinearChain(head: ValueID(index), tail: ValueID(index))
      while chain.steps.count < 4, let next = nextStep(chain) {
        chain.steps.append(next.step)
        isInChain[next.tail.index] = true
        isInlined[chain.tail.index] = true
        chain.tail = next.tail
      }
      chains[chain.tail.index] = chain
    }
  }

  private mutating func nextStep(_ chain: LinearChain) -> (step: PostStep, tail: ValueID)? {
    let tail = chain.tail.index
    guard !isOutput[tail] else { return nil }
    if let swish = swish(tail) { return (.swish, swish) }
    guard users[tail].count == 1, let user = users[tail].first, !isInChain[user] else { return nil }
    let node = graph.nodes[user]
    switch node.operation {
    case let unary as Unary where unary.function.isPostStep:
      return (.unary(unary.function), ValueID(user))
    case let binary as Binary where node.inputs[0] != node.inputs[1]:
      return nextStep(chain, binary, node).map { ($0, ValueID(user)) }
    default: return nil
    }
  }

  /// What a sum of the chain's result and something else is to the chain.
  private func nextStep(_ chain: LinearChain, _ binary: Binary, _ node: Node) -> PostStep? {
    let head = graph[chain.head]
    guard binary.function == .add, head.operation is Convolution else { return nil }
    let other = node.inputs[0] == chain.tail ? node.inputs[1] : node.inputs[0]
    if let number = graph.number(other) {
      let takesBias = chain.steps.isEmpty && head.inputs.count == 2 && node.shape == head.shape
      return takesBias ? .offset(number) : nil
    }
    let addsAlready = chain.steps.contains { if case .add = $0 { true } else { false } }
    guard !addsAlready, !isConstant[other.index], graph[other].shape == node.shape else {
      return nil
    }
    return .add(other)
  }

  /// The product `x · logistic(x)` when that is all that becomes of a value.
  private mutating func swish(_ index: Int) -> ValueID? {
    guard users[index].count == 2,
      let gate = users[index].first(where: {
        (graph.nodes[$0].operation as? Unary)?.function == .logistic
      }), let product = users[index].first(where: { $0 != gate }),
      (graph.nodes[product].operation as? Binary)?.function == .multiply,
      users[gate] == [product], !isOutput[gate], !isInChain[product]
    else { return nil }
    isInlined[gate] = true
    isInChain[gate] = true
    return ValueID(product)
  }

  private mutating func planClusters() {
    var sizes = [Int](repeating: 1, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated()
    where !isConstant[index] && !isInChain[index] && !isOutput[index] && !isInlined[index] {
      guard node.operation is any ElementwiseOperation, !users[index].isEmpty,
        users[index].allSatisfy({
          graph.nodes[$0].operation is any ElementwiseOperation && !isInChain[$0]
        })
      else { continue }
      if node.operation is Broadcast {
        isInlined[index] = true
      } else if users[index].count == 1, let user = users[index].first,
        graph.nodes[user].shape == node.shape,
        sizes[user] + sizes[index] <= Self.clusterLimit
      {
        isInlined[index] = true
        sizes[user] += sizes[index]
      }
    }
  }
}

extension Graph {
  /// The number that a constant value consists of, when it is one.
  fileprivate func number(_ value: ValueID) -> Float? {
    guard let constant = self[value].operation as? Constant,
      constant.tensor.elements.count == 1
    else { return nil }
    return constant.tensor.elements[0]
  }
}

extension UnaryFunction {
  /// Whether the library can apply the function inside a linear kernel.
  var isPostStep: Bool { postOperation != nil }

  /// The library's own form of the function, where it has a fast one.
  var postOperation: PostOperation? {
    switch self {
    case .rectify: .elementwise(.rectify, alpha: 0)
    case .clip(let lower, let upper): .elementwise(.clip, alpha: lower, beta: upper)
    case .tanh: .elementwise(.tanh)
    case .logistic: .elementwise(.logistic)
    case .absolute: .elementwise(.absolute)
    default: nil
    }
  }
}
