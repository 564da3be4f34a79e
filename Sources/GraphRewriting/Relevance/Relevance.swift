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

/// One walk from the seeds back to the targets.
private struct RelevancePass {
  let builder: GraphBuilder
  let rules: CompositeRules
  /// What relevance must pass to count.
  let filter: RelevanceFilter?
  /// Values that are looked at, which no activation hides.
  let barriers: Set<ValueID>
  /// The walk that is under way: to the filter where there is one, then to the targets.
  var walk: ReverseWalk<Value>
  /// For every node, whether it is a convolution or matrix product or depends on one.
  let isBehindLearnedMap: [Bool]
  /// Values that stand before a convolution or matrix product which relevance has passed.
  var passed = Set<ValueID>()
  /// How many samples run at once, where an account is kept.
  var sampleCount: Int?
  /// The account.
  var entries: [RelevanceLedger.Entry] = []

  init(
    _ builder: GraphBuilder, _ targets: [Value], _ composite: Composite, _ filter: RelevanceFilter?
  ) throws(GraphError) {
    let graph = builder.graph
    let looked = Set(targets.map(\.id))
    self.builder = builder
    self.filter = filter
    rules = try CompositeRules(composite)
    barriers = looked.union(filter.map { [$0.value.id] } ?? [])
    walk = ReverseWalk(in: graph, to: looked, sum: +)
    isBehindLearnedMap = graph.dependents(
      of: graph.nodes.indices.filter { graph.nodes[$0].isLearnedMap }.map(ValueID.init))
  }

  /// Walks, and collects what arrived.
  mutating func relevances(
    of seeds: [Seed], at targets: [Value]
  ) throws(GraphError) -> [Value] {
    let seeds = seeds.map { ($0.value.id, $0.weights) }
    guard let filter else { return try arrivals(from: seeds, at: targets) }
    let onward = walk
    walk = ReverseWalk(in: builder.graph, to: [filter.value.id], sum: +)
    let arrived = try arrivals(from: seeds, at: [filter.value])[0]
    walk = onward
    return try arrivals(from: [(filter.value.id, arrived * filter.factors)], at: targets)
  }

  /// What arrives at targets on the walk that is under way.
  private mutating func arrivals(
    from seeds: [(value: ValueID, amount: Value)], at targets: [Value]
  ) throws(GraphError) -> [Value] {
    let walk = walk
    let arrivals = try walk.arrivals(from: seeds) { (value, relevance) throws(GraphError) in
      try passedOn(relevance, at: value)
    }
    var found: [Value] = []
    for target in targets {
      guard let relevance = arrivals[target.id] else {
        throw GraphError(
          .relevanceUndefined,
          "relevance does not reach \(name(target.id)); choose another layer")
      }
      found.append(relevance)
    }
    return found
  }

  private mutating func passedOn(
    _ relevance: Value, at id: ValueID
  ) throws(GraphError) -> [(input: ValueID, amount: Value)] {
    let recorder = sampleCount.map { RelevanceRecorder(received: relevance, sampleCount: $0) }
    let parts = try inputRelevances(relevance, at: id, recorder)
      .filter { walk.isInfluenced[$0.input.index] }
    let isPassed = passed.contains(id) || builder.graph[id].isLearnedMap
    for part in parts {
      recorder?.add(.passed, part.amount)
      if isPassed { passed.insert(part.input) }
    }
    guard let recorder else { return parts }
    // Numbers that stay, or move one to one, are not divided.
    let count = parts.reduce(0) { $0 + $1.amount.shape.elementCount }
    if recorder.hasLosses || count != relevance.shape.elementCount {
      entries.append(recorder.entry(at: builder.value(id)))
    }
    return parts
  }

  /// What a message calls a value.
  private func name(_ id: ValueID) -> String { builder.graph[id].name ?? "%\(id.index)" }

  private func inputRelevances(
    _ relevance: Value, at id: ValueID, _ recorder: RelevanceRecorder?
  ) throws(GraphError) -> [(input: ValueID, amount: Value)] {
    let graph = builder.graph
    if rules.affine == .linear,
      let affine = AffineMap(builder.value(id), barriers: barriers)
    {
      let site = LinearSite(input: affine.input, relevance: relevance, map: affine.map)
      let rule = rules.rule(for: affine.map, isFirst: false, isLast: false)
      return [(affine.input.id, rule.inputRelevance(at: site, recorder))]
    }
    if let activation = graph.activation(of: id, barriers: barriers) {
      return [(activation.argument, relevance)]
    }
    let node = graph[id]
    let site = RelevanceSite(inputs: node.inputs.map(builder.value), output: builder.value(id))
    guard let role = (node.operation as? any RelevantOperation)?.role(at: site) else {
      let name = node.name.map { " (\($0))" } ?? ""
      let settings = node.operation.settings.isEmpty ? "" : " " + node.operation.settings
      throw GraphError(
        .relevanceUndefined,
        "relevance is not defined through \(type(of: node.operation).name)\(settings)\(name); choose a layer "
          + "after it, or a method that uses gradients")
    }
    return divide(relevance, by: role, at: site, recorder)
      .map { (node.inputs[$0.input], $0.relevance) }
  }

  private func divide(
    _ relevance: Value, by role: RelevanceRole, at site: RelevanceSite,
    _ recorder: RelevanceRecorder?
  ) -> [(input: Int, relevance: Value)] {
    switch role {
    case .linear(let map, let input):
      let rule = rules.rule(
        for: map, isFirst: !isBehindLearnedMap[site.inputs[input].id.index],
        isLast: !passed.contains(site.output.id))
      let linear = LinearSite(input: site.inputs[input], relevance: relevance, map: map)
      return [(input, rule.inputRelevance(at: linear, recorder))]
    case .passThrough(let input):
      return [(input, relevance.summed(to: site.inputs[input].shape))]
    case .split(let summands):
      let values = summands.map { site.inputs[$0.input] * $0.sign }
      let parts = rules.sum.relevances(relevance, of: values, sum: site.output, recorder)
      return zip(summands, parts).map { ($0.input, $1.summed(to: site.inputs[$0.input].shape)) }
    case .gate(let inputs):
      let share = inputs.count == 1 ? relevance : relevance * (1 / Float(inputs.count))
      return inputs.map { ($0, share.summed(to: site.inputs[$0].shape)) }
    case .winner(let sums?) where rules.pooling == .proportional:
      let linear = LinearSite(input: site.inputs[0], relevance: relevance, map: sums)
      let shared = PoolingSplit.proportional(linear, recorder) { relevance in
        adjoint(relevance, at: site).first?.relevance ?? relevance
      }
      return [(0, shared)]
    case .winner, .move: return adjoint(relevance, at: site)
    case .blocked: return []
    }
  }

  /// Relevance along the paths that numbers took: what differentiation does for these operations.
  private func adjoint(
    _ relevance: Value, at site: RelevanceSite
  ) -> [(input: Int, relevance: Value)] {
    guard let operation = site.output.node.operation as? any DifferentiableOperation else {
      return []
    }
    let gradients = operation.inputGradients(
      at: GradientSite(
        inputs: site.inputs, output: site.output, outputGradient: relevance,
        isNeeded: site.inputs.map { walk.isInfluenced[$0.id.index] }))
    return gradients.enumerated().compactMap { index, gradient in gradient.map { (index, $0) } }
  }
}

extension Node {
  /// Whether it has weights that a network learns, as convolutions and matrix products do.
  fileprivate var isLearnedMap: Bool { core?.parameterInputs.isEmpty == false }
}
