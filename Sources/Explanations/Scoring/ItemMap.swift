/// A map of an item, or what it is still to be made of, together with those of other samples.
enum ItemMap {
  case done(MapPair)
  case path(PathJob)
  case repeats(RepeatJob)
  case optimized(OptimizationJob)
}

extension MethodProcedure {
  /// Whether maps are made for several samples together, after all else.
  var isDeferred: Bool {
    switch self {
    case .graph, .weighted, .masks, .samples, .tail: false
    case .path, .repeats, .optimized: true
    }
  }
}

extension ExplanationPlan {
  /// For every item, how many before it are made with the pass over the unchanged sample; at the end,
  /// how many there are.
  var earlyCounts: [Double] {
    items.reduce(into: [0.0]) { counts, item in
      counts.append((counts.last ?? 0) + (item.method.method.procedure.isDeferred ? 0 : 1))
    }
  }
}

/// Makes the maps that need many runs of the network, those of several samples together.
struct DeferredMaps: Sendable {
  let integrator: PathIntegrator
  let repeater: InputRepeater
  let optimizer: MaskOptimizer

  /// Completes maps.
  ///
  /// - Parameters:
  ///   - maps: Those of some samples, each in the order of the plan.
  ///   - progress: Called with the share that is done of what was still to be made.
  ///   - detail: Called with a few words on how far a search is.
  /// - Returns: All maps, in their order.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func completed(
    _ maps: [ItemMap], progress: (Double) -> Void, detail: (String) -> Void
  ) throws -> [MapPair] {
    let paths = maps.compactMap { if case .path(let job) = $0 { job } else { nil } }
    let repeats = maps.compactMap { if case .repeats(let job) = $0 { job } else { nil } }
    let sought = maps.compactMap { if case .optimized(let job) = $0 { job } else { nil } }
    let counts = [paths.count, repeats.count, sought.count].map(Double.init)
    let whole = max(counts.reduce(0, +), 1)
    func tell(_ kind: Int, _ share: Double) {
      progress((counts[..<kind].reduce(0, +) + share * counts[kind]) / whole)
    }
    var integrated = try integrator.maps(paths) { tell(0, $0) }[...]
    var repeated = try repeater.maps(repeats) { tell(1, $0) }[...]
    var optimized = try optimizer.maps(
      sought, progress: { tell(2, $0) }, detail: detail)[...]
    return maps.compactMap { map in
      switch map {
      case .done(let pair): pair
      case .path: integrated.popFirst()
      case .repeats: repeated.popFirst()
      case .optimized: optimized.popFirst()
      }
    }
  }
}
