public import GraphIR
import Operations
import TensorCore

extension GraphBuilder {
  /// Adds the DeepLIFT multipliers of a value: how much of a difference in its place a weighted sum
  /// shows, between what is computed and what a baseline in its place gives.
  ///
  /// `Σ m ⊙ (input − baseline)` is the difference of the weighted sums exactly, where all operations
  /// between are functions of one number (rescale rule), linear, products of two values, maxima or
  /// minima. Where others stand between (a softmax, a recurrence), they pass on their gradient.
  ///
  /// Shrikumar, Greenside and Kundaje 2017 (arXiv 1704.02685), sections 3.2 and 3.5.1.
  ///
  /// - Parameters:
  ///   - seed: The value that is explained, and how much each number of it counts.
  ///   - input: What it depends on.
  ///   - baseline: What stands in the place of the input, of the same shape.
  /// - Returns: The multipliers, of the shape of the input.
  /// - Throws: `GraphError` when the input has no influence, or an operation has no gradient.
  public func multipliers(
    of seed: Seed, withRespectTo input: Value, from baseline: Value
  ) throws(GraphError) -> Value {
    let walk = ReverseWalk<Value>(in: graph, to: [input.id], sum: +)
    let replaced = try replay(seed.value, replacing: input, with: baseline)
    let arrivals = try walk.arrivals(from: [(seed.value.id, seed.weights)]) {
      (id, multiplier) throws(GraphError) in
      let node = graph[id]
      let site = DifferenceSite(
        operation: node.operation, inputs: node.inputs.map(self.value), output: self.value(id),
        otherInputs: node.inputs.map { replaced[$0] ?? self.value($0) },
        otherOutput: replaced[id] ?? self.value(id), multiplier: multiplier,
        isInfluenced: node.inputs.map { walk.isInfluenced[$0.index] })
      return zip(node.inputs, try site.inputMultipliers()).compactMap { input, multiplier in
        multiplier.map { (input, $0) }
      }
    }
    guard let multipliers = arrivals[input.id] else {
      throw GraphError(.notDifferentiable, "the input has no influence on what is explained")
    }
    return multipliers
  }
}
