package import GraphIR
import Operations
import TensorCore

/// The functions of one value between values of a graph, as rules for gradients see them.
package struct Rectification {
  /// A rectifier.
  struct Rectifier {
    /// Which of the inputs of its operation is rectified.
    let input: Int

    /// What the result is cut off at above, where it is.
    let bound: Float?
  }

  /// The rectifiers by their results.
  let rectifiers: [ValueID: Rectifier]

  /// How many rectifiers there are.
  package var rectifierCount: Int { rectifiers.count }

  /// How many other functions of one value there are, such as leaky rectifiers or smooth
  /// activations; gates are not counted.
  package let otherCount: Int

  /// Finds them.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - targets: Where gradients end.
  ///   - seeds: Where they begin.
  package init(of graph: Graph, from targets: [ValueID], to seeds: [ValueID]) {
    let (depends, leads) = (graph.dependents(of: targets), graph.ancestors(of: seeds))
    let isBetween = graph.nodes.indices.map { depends[$0] && leads[$0] }
    let between = graph.nodes.indices.filter { isBetween[$0] }.map(ValueID.init)
    var users: [ValueID: [ValueID]] = [:]
    for value in between {
      for input in graph[value].inputs { users[input, default: []].append(value) }
    }
    var parts = Set<ValueID>()
    var otherCount = 0
    let barriers = Set(targets)
    // Those of later values hold those of earlier ones.
    for value in between.reversed() where !parts.contains(value) {
      guard let expression = graph.activation(of: value, barriers: barriers),
        expression.members.count > 1
      else { continue }
      let members = Set(expression.members)
      let inner = members.subtracting([value])
      guard inner.allSatisfy({ members.isSuperset(of: users[$0] ?? []) }) else { continue }
      parts.formUnion(inner)
      if members.contains(where: { graph[$0].isCurved }) { otherCount += 1 }
      parts.insert(value)
    }
    var rectifiers: [ValueID: Rectifier] = [:]
    for value in between where !parts.contains(value) && !barriers.contains(value) {
      if let rectifier = graph[value].rectifier(in: graph) {
        rectifiers[value] = rectifier
      } else if graph[value].isCurved, !graph.isGate(value, users[value] ?? []) {
        otherCount += 1
      }
    }
    self.rectifiers = rectifiers
    self.otherCount = otherCount
  }
}

extension Node {
  /// What it rectifies, if it is a rectifier.
  fileprivate func rectifier(in graph: Graph) -> Rectification.Rectifier? {
    switch operation {
    case let unary as Unary:
      switch unary.function {
      case .rectify: return Rectification.Rectifier(input: 0, bound: nil)
      case .clip(lower: 0, upper: let bound) where bound > 1:
        return Rectification.Rectifier(input: 0, bound: bound.isFinite ? bound : nil)
      default: return nil
      }
    case let binary as Binary where binary.function == .maximum:
      let floor = inputs.firstIndex { graph[$0].isZero }
      guard let floor, graph[inputs[1 - floor]].shape == shape else { return nil }
      return Rectification.Rectifier(input: 1 - floor, bound: nil)
    default: return nil
    }
  }

  /// Whether it is a constant that is zero everywhere.
  private var isZero: Bool {
    guard let constant = operation as? Constant else { return false }
    return constant.tensor.elements.allSatisfy { $0 == 0 }
  }

  /// Whether it is a function of one number whose slope changes.
  fileprivate var isCurved: Bool {
    switch operation {
    case let unary as Unary:
      switch unary.function {
      case .negate, .held, .round, .roundStraightThrough, .floor, .ceiling, .sign: false
      default: true
      }
    case let binary as Binary: [.maximum, .minimum].contains(binary.function)
    default: false
    }
  }
}

extension Graph {
  /// Whether a value lies in 0…1 and something is multiplied by it.
  fileprivate func isGate(_ value: ValueID, _ users: [ValueID]) -> Bool {
    guard let function = (self[value].operation as? Unary)?.function,
      function == .logistic || function == .clip(lower: 0, upper: 1)
    else { return false }
    return users.contains { user in
      (self[user].operation as? Binary)?.function == .multiply
        || self[user].operation is any Movement
    }
  }
}
