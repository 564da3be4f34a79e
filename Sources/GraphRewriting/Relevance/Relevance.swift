public import GraphIR
import Operations
import TensorCore

extension GraphBuilder {
  /// Adds the relevance of values of the graph for given relevances of others.
  ///
  /// One walk from the seeds back, as for gradients: a value that is used twice gets the sum, and
  /// only what lies between the seeds and the targets is added. The graph should be canonicalized,
  /// so that biases and weights are where rules look for them. Linear in the seeds' weights.
  ///
  /// - Parameters:
  ///   - seeds: Values with the relevance they start with, for example logits.
  ///   - targets: Whose relevance is asked for; each must influence a seed, and what a filter stands at.
  ///   - composite: Which rule applies where.
  ///   - filter: What relevance must pass to count; anything when nil.
  /// - Returns: One relevance per target, of the target's shape.
  /// - Throws: `GraphError` when relevance does not reach a target, or an operation has no role.
  public func relevances(
    of seeds: [Seed], at targets: [Value], composite: Composite,
    through filter: RelevanceFilter? = nil
  ) throws(GraphError) -> [Value] {
    var pass = try RelevancePass(self, targets, composite, filter)
    return try pass.relevances(of: seeds, at: targets)
  }

  /// Adds the same relevance, and an account of where it went.
  ///
  /// - Parameters:
  ///   - seeds: Values with the relevance they start with; the first axis counts samples.
  ///   - targets: Whose relevance is asked for, at least one; each must influence a seed, and what a filter
  ///     stands at.
  ///   - composite: Which rule applies where.
  ///   - filter: What relevance must pass to count; anything when nil.
  /// - Returns: One relevance per target, and one entry per operation that divides relevance.
  /// - Throws: `GraphError` when relevance does not reach a target, or an operation has no role.
  public func relevanceLedger(
    of seeds: [Seed], at targets: [Value], composite: Composite,
    through filter: RelevanceFilter? = nil
  ) throws(GraphError) -> RelevanceLedger {
    var pass = try RelevancePass(self, targets, composite, filter)
    let sampleCount = seeds.first?.value.shape.extents.first ?? 1
    pass.sampleCount = sampleCount
    let relevances = try pass.relevances(of: seeds, at: targets)
    let arrivals = zip(targets, relevances).map { target, relevance in
      RelevanceRecorder(received: relevance, sampleCount: sampleCount).entry(at: target)
    }
    return RelevanceLedger(relevances: relevances, entries: pass.entries, arrivals: arrivals)
  }
}
