package import GraphIR

/// What is known of the signs of the numbers of a value; NaN has none.
package enum Sign: Hashable, Sendable {
  /// Nothing is known.
  case any
  /// No number is less than 0.
  case nonNegative

  /// Nonnegative when `isNonNegative`.
  package init(isNonNegative: Bool) {
    self = isNonNegative ? .nonNegative : .any
  }
}

/// What an operation may look at to tell the sign of its result.
package struct SignSite {
  /// The signs of the inputs.
  package let signs: [Sign]

  /// Which values the inputs are: one value may be used twice.
  package let values: [ValueID]

  /// Creates a site.
  package init(signs: [Sign], values: [ValueID]) {
    self.signs = signs
    self.values = values
  }

  /// Nonnegative when all of these inputs are; those that are not there do not count.
  func all(_ inputs: Int...) -> Sign {
    Sign(isNonNegative: inputs.allSatisfy { $0 >= signs.count || signs[$0] == .nonNegative })
  }
}

/// An operation that tells the sign of its result.
package protocol SignDescribing: GraphIR.Operation {
  /// The sign of the result, given those of the inputs.
  func sign(at site: SignSite) -> Sign
}

/// The signs of the values of a graph, each found once.
///
/// The graph may grow between questions, since nodes are only ever appended.
package struct Signs {
  private var known: [Sign] = []

  /// Knows nothing yet.
  package init() {}

  /// The sign of a value of the one graph that this is asked about.
  package mutating func sign(of value: ValueID, in graph: Graph) -> Sign {
    while known.count <= value.index {
      let node = graph[ValueID(known.count)]
      let site = SignSite(signs: node.inputs.map { known[$0.index] }, values: node.inputs)
      known.append((node.operation as? any SignDescribing)?.sign(at: site) ?? .any)
    }
    return known[value.index]
  }
}
