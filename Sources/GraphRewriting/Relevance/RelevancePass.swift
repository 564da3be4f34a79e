import GraphIR
import Operations
import TensorCore

/// One walk from the seeds back to the targets.
struct RelevancePass {
  let builder: GraphBuilder
  let rules: CompositeRules
  /// Whether the walk is through one step of a recurrence.
  let isStep: Bool
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
    isStep = false
    rules = try CompositeRules(composite)
    barriers = looked.union(filter.map { [$0.value.id] } ?? [])
    walk = ReverseWalk(in: graph, to: looked, sum: +)
    isBehindLearnedMap = graph.dependents(
      of: graph.nodes.indices.filter { graph.nodes[$0].isLearnedMap }.map(ValueID.init))
  }

  /// Prepares a walk through one step of a recurrence, whose learned maps stand between others.
  ///
  /// - Parameters:
  ///   - next: The result of the step.
  ///   - targets: What the step is made of.
  ///   - rules: The rules.
  init(stepTo next: Value, from targets: [Value], _ rules: CompositeRules) {
    let graph = next.builder.graph
    builder = next.builder
    self.rules = rules
    filter = nil
    isStep = true
    barriers = Set(targets.map(\.id))
    walk = ReverseWalk(in: graph, to: barriers, sum: +)
    isBehindLearnedMap = graph.nodes.map { _ in true }
    passed = [next.id]
  }

  /// Walks, and collects what arrived.
  mutating func relevances(
    of seeds: [Seed], at targets: [Value]
  ) throws(GraphError) -> [Value] {
    let seeds = seeds.map { ($0.value.id, $0.weights) }
    guard let filter else { return try required(arrivals(from: seeds), at: targets) }
    let onward = walk
    walk = ReverseWalk(in: builder.graph, to: [filter.value.id], sum: +)
    let arrived = try required(arrivals(from: seeds), at: [filter.value])[0]
    walk = onward
    let kept = arrived * filter.factors
    return try required(arrivals(from: [(filter.value.id, kept)]), at: targets)
  }

  /// What arrives at the targets of the walk that is under way.
  mutating func arrivals(
    from seeds: [(value: ValueID, amount: Value)]
  ) throws(GraphError) -> [ValueID: Value] {
    let walk = walk
    return try walk.arrivals(from: seeds) { (value, relevance) throws(GraphError) in
      try passedOn(relevance, at: value)
    }
  }

  private func required(
    _ arrivals: [ValueID: Value], at targets: [Value]
  ) throws(GraphError) -> [Value] {
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

  /// The rule for a factor and an offset that no linear layer has absorbed: that for convolutions, but of the
  /// bias of a matrix product that for matrix products.
  ///
  /// In a step of a recurrence it is epsilon: sums there have either sign, and rules that see one sign only
  /// would leave relevance at sums near to zero, which divide it next.
  private func rule(for affine: AffineMap) -> any RelevanceRule {
    if isStep { return EpsilonRule() }
    return affine.input.node.operation is MatrixProduct
      ? rules.dense : rules.rule(for: affine.map, isFirst: false, isLast: false)
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
      return [(affine.input.id, rule(for: affine).inputRelevance(at: site, recorder))]
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
    return try divide(relevance, by: role, at: site, recorder)
      .map { (node.inputs[$0.input], $0.relevance) }
  }

  private func divide(
    _ relevance: Value, by role: RelevanceRole, at site: RelevanceSite,
    _ recorder: RelevanceRecorder?
  ) throws(GraphError) -> [(input: Int, relevance: Value)] {
    switch role {
    case .linear(let map, let input):
      let rule = rules.rule(
        for: map, isFirst: !isBehindLearnedMap[site.inputs[input].id.index],
        isLast: !passed.contains(site.output.id))
      let linear = LinearSite(input: site.inputs[input], relevance: relevance, map: map)
      return [(input, rule.inputRelevance(at: linear, recorder))]
    case .passThrough(let input):
      return [(input, relevance.summed(to: site.inputs[input].shape))]
    case .centering(_, let value) where rules.normalization == .identity:
      return [(value, relevance)]
    case .centering(let sign, let value):
      let parts = [(input: value, sign: Float(1)), (input: 1 - value, sign: -sign)]
      return try divide(relevance, by: .split(parts), at: site, recorder)
    case .split(let summands):
      let values = summands.map { site.inputs[$0.input] * $0.sign }
      let parts = rules.sum.relevances(relevance, of: values, sum: site.output, recorder)
      return zip(summands, parts).map { ($0.input, $1.summed(to: site.inputs[$0.input].shape)) }
    case .gate(let inputs):
      let share = inputs.count == 1 ? relevance : relevance * (1 / Float(inputs.count))
      return inputs.map { ($0, share.summed(to: site.inputs[$0].shape)) }
    case .product(let left, let right):
      return rules.product.relevances(relevance, by: [left, right], at: site, recorder)
    case .softmax(let axis):
      return [(0, SoftmaxSplit(axis: axis).relevance(relevance, at: site, recorder))]
    case .recurrence(let recurrence): return try divide(relevance, through: recurrence, at: site)
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
    let gradients = operation.inputGradients(at: passing(relevance, at: site))
    return gradients.enumerated().compactMap { index, gradient in gradient.map { (index, $0) } }
  }

  /// Relevance back through all steps of a recurrence, each of which divides it by the same rules.
  private func divide(
    _ relevance: Value, through recurrence: Recurrence, at site: RelevanceSite
  ) throws(GraphError) -> [(input: Int, relevance: Value)] {
    let parts = try recurrence.passedBack(at: passing(relevance, at: site), "relevance") {
      [rules] (next, arriving, targets) throws(GraphError) in
      var pass = RelevancePass(stepTo: next, from: targets, rules)
      let arrivals = try pass.arrivals(from: [(next.id, arriving)])
      return targets.map { arrivals[$0.id] }
    }
    return parts.enumerated().compactMap { index, part in part.map { (index, $0) } }
  }

  /// Relevance as a gradient is passed on.
  private func passing(_ relevance: Value, at site: RelevanceSite) -> GradientSite {
    GradientSite(
      inputs: site.inputs, output: site.output, outputGradient: relevance,
      isNeeded: site.inputs.map { walk.isInfluenced[$0.id.index] })
  }
}

extension Node {
  /// Whether it has weights that a network learns, as convolutions, matrix products and recurrences do.
  fileprivate var isLearnedMap: Bool {
    core?.parameterInputs.isEmpty == false || operation is any SequentialOperation
  }
}
