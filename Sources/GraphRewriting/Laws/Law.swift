import GraphIR
import Operations
import TensorCore

/// Two expressions that are equal, of which the second is simpler.
package struct Law: Sendable, CustomStringConvertible {
  /// The name, unique among all laws.
  package let name: String

  /// The type of the operation that the first expression ends with; nil for many.
  let root: (any GraphIR.Operation.Type)?

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
    root = pattern.root
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
    root = pattern.root
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
    root = nil
    replacement = expression
  }

  /// The second expression where the first one stands, of the shape of the first; nil elsewhere.
  func apply(at site: Rebuild.Site, knowing facts: ValueFacts) -> Value? {
    replacement(site, facts)?.broadcast(to: site.node.shape)
  }
}

extension Pattern {
  /// The type of the operation that the expression ends with.
  fileprivate var root: any GraphIR.Operation.Type {
    switch form {
    case .result(let operation, _): type(of: operation)
    case .kind(let type, _, _): type
    case .any, .number: preconditionFailure("a law is about an operation")
    }
  }
}

/// Laws by the operations that they are about.
struct LawBook: Sendable {
  private let laws: [ObjectIdentifier: [Law]]
  /// Laws about operations of many types, which come last.
  private let general: [Law]

  /// Orders laws; of those about one operation the first that holds is applied.
  init(_ laws: [Law]) {
    var ordered: [ObjectIdentifier: [Law]] = [:]
    for law in laws {
      if let root = law.root { ordered[ObjectIdentifier(root), default: []].append(law) }
    }
    let general = laws.filter { $0.root == nil }
    self.laws = ordered.mapValues { $0 + general }
    self.general = general
  }

  /// The first law that holds at a site, and what it makes of it; nil when none does.
  func first(
    at site: Rebuild.Site, knowing facts: ValueFacts
  ) -> (law: Law, value: Value)? {
    for law in laws[ObjectIdentifier(type(of: site.node.operation))] ?? general {
      if let value = law.apply(at: site, knowing: facts) { return (law, value) }
    }
    return nil
  }
}
