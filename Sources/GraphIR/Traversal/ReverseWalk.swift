/// One walk over a graph from some values back to others, in which every value passes on to its
/// inputs what has arrived at it.
///
/// Gradients and relevance are such walks. Only what lies between the seeds and the targets is
/// visited; at a value with several users the amounts add up, those of later users first.
package struct ReverseWalk<Amount> {
  /// For every node, whether a target influences its result: what arrives elsewhere is dropped.
  package let isInfluenced: [Bool]

  private let targets: Set<ValueID>
  /// For every node, whether one of its inputs may take something.
  private let passesOn: [Bool]
  private let sum: (Amount, Amount) -> Amount

  /// Prepares a walk.
  ///
  /// - Parameters:
  ///   - graph: The graph; what is appended to it later is not visited.
  ///   - targets: Where the walk ends.
  ///   - sum: How amounts that meet at one value add up: what arrived before, then what comes.
  package init(
    in graph: Graph, to targets: some Sequence<ValueID>,
    sum: @escaping (Amount, Amount) -> Amount
  ) {
    let targets = Set(targets)
    let isInfluenced = graph.dependents(of: targets)
    self.targets = targets
    self.isInfluenced = isInfluenced
    self.sum = sum
    passesOn = graph.nodes.map { node in node.inputs.contains { isInfluenced[$0.index] } }
  }

  /// Walks from the seeds back.
  ///
  /// - Parameters:
  ///   - seeds: Values and the amounts they start with.
  ///   - contributions: What each input of a value gets of an amount that arrived at the value.
  /// - Returns: What arrived, for every target that something arrived at.
  /// - Throws: What `contributions` throws.
  package func arrivals(
    from seeds: [(value: ValueID, amount: Amount)],
    contributions: (ValueID, Amount) throws(GraphError) -> [(input: ValueID, amount: Amount)]
  ) throws(GraphError) -> [ValueID: Amount] {
    var arrived: [ValueID: Amount] = [:]
    func add(_ amount: Amount, to value: ValueID) {
      arrived[value] = arrived[value].map { sum($0, amount) } ?? amount
    }
    for seed in seeds { add(seed.amount, to: seed.value) }
    guard let last = seeds.map(\.value).max(), let first = targets.min() else { return arrived }
    for index in stride(from: last.index, to: first.index, by: -1) where passesOn[index] {
      let value = ValueID(index)
      guard let amount = arrived[value] else { continue }
      if !targets.contains(value) { arrived[value] = nil }
      for part in try contributions(value, amount) where isInfluenced[part.input.index] {
        add(part.amount, to: part.input)
      }
    }
    return arrived
  }
}
