import GraphIR
import Operations
import TensorCore

/// Two expressions that are equal, of which the second is simpler.
package struct Law: Sendable, CustomStringConvertible {
  /// The name, unique among all laws.
  package let name: String

  /// What the first expression ends with; nil for many operations.
  fileprivate let topic: Topic?

  private let replacement: @Sendable (Rebuild.Site, ValueFacts) -> Value?

  /// The name.
  package var description: String { name }

  /// Says that two expressions are equal.
  ///
  /// - Parameters:
  ///   - name: The name of the law.
  ///   - pattern: The first expression, which ends with an operation.
  ///   - expression: The second, of letters of the first, numbers and functions.
  ///   - condition: What must hold besides; nothing by default.
  init(
    _ name: String, _ pattern: Pattern, _ expression: Pattern,
    where condition: @escaping @Sendable (Match) -> Bool = { _ in true }
  ) {
    self.name = name
    topic = pattern.topic
    replacement = { site, facts in
      pattern.first(matching: site.node.operation, site.inputs, Match(facts)) { match in
        condition(match) ? expression.value(match) : nil
      }
    }
  }

  /// Says that an expression is equal to what a function makes of it.
  ///
  /// - Parameters:
  ///   - name: The name of the law.
  ///   - pattern: The first expression, which ends with an operation.
  ///   - expression: The second, given the operation, or nil where the law does not hold.
  init<Root: GraphIR.Operation>(
    _ name: String, _ pattern: Pattern,
    expression: @escaping @Sendable (Root, Match) -> Value?
  ) {
    self.name = name
    topic = pattern.topic
    replacement = { site, facts in
      guard let operation = site.node.operation as? Root else { return nil }
      return pattern.first(matching: operation, site.inputs, Match(facts)) {
        expression(operation, $0)
      }
    }
  }

  /// Says what operations of many types are equal to.
  ///
  /// - Parameters:
  ///   - name: The name of the law.
  ///   - expression: What stands for the operation of a site, or nil where the law does not hold.
  init(_ name: String, expression: @escaping @Sendable (Rebuild.Site, ValueFacts) -> Value?) {
    self.name = name
    topic = nil
    replacement = expression
  }

  /// The second expression where the first one stands, of the shape of the first; nil elsewhere.
  func apply(at site: Rebuild.Site, knowing facts: ValueFacts) -> Value? {
    replacement(site, facts)?.broadcast(to: site.node.shape)
  }
}

/// What a law is about: a function, or a type of operations with settings.
private enum Topic: Hashable {
  case unary(UnaryFunction)
  case binary(BinaryFunction)
  case kind(ObjectIdentifier)

  init(_ operation: any GraphIR.Operation) {
    switch operation {
    case let binary as Binary: self = .binary(binary.function)
    case let unary as Unary: self = .unary(unary.function)
    default: self = .kind(ObjectIdentifier(type(of: operation)))
    }
  }
}

extension Pattern {
  /// What the expression ends with.
  fileprivate var topic: Topic {
    switch form {
    case .result(let operation, _): Topic(operation)
    case .kind(let type, _, _): .kind(ObjectIdentifier(type))
    case .any, .number: preconditionFailure("a law is about an operation")
    }
  }
}

/// Laws by the operations that they are about.
struct LawBook: Sendable {
  private let laws: [Topic: [Law]]
  /// Laws about operations of many types, which come last.
  private let general: [Law]

  /// Orders laws; of those about one operation the first that holds is applied.
  init(_ laws: [Law]) {
    var ordered: [Topic: [Law]] = [:]
    for law in laws {
      if let topic = law.topic { ordered[topic, default: []].append(law) }
    }
    let general = laws.filter { $0.topic == nil }
    self.laws = ordered.mapValues { $0 + general }
    self.general = general
  }

  /// The first law that holds at a site, and what it makes of it; nil when none does.
  func first(
    at site: Rebuild.Site, knowing facts: ValueFacts
  ) -> (law: Law, value: Value)? {
    for law in laws[Topic(site.node.operation)] ?? general {
      if let value = law.apply(at: site, knowing: facts) { return (law, value) }
    }
    return nil
  }
}
