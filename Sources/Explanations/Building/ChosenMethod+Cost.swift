import TensorCore

extension PlanItem {
  /// What runs for one map beyond a few passes, and on how many changed things.
  fileprivate func cost(_ spacing: Double) -> (what: String, count: Int)? {
    let settings = method.settings
    switch method.method.procedure {
    // Changed inputs are the same at all layers, and are counted by method.
    case .graph, .weighted, .path, .repeats: return nil
    case .masks(let scoring):
      guard let layer else { return nil }
      return (
        "the network on % masked inputs",
        min(scoring.recipe(settings).channelCount, layer.shape[0])
          * scoring.recipe(settings).variation.count
      )
    case .samples(let sampling):
      let experiment = sampling.experiment(
        MaskSite(positions: input.positions, spacing: spacing), settings)
      return ("the network on % masked inputs", experiment.plannedCount)
    case .optimized(let optimization):
      let problem = optimization.problem(
        MaskSite(positions: input.positions, spacing: spacing), settings)
      let rows = (problem.areas?.count ?? 1) * max(1, problem.drawCount)
      return ("the network forth and back on % masked inputs", problem.stepCount * rows)
    case .tail(let scoring):
      guard let layer else { return nil }
      let shape = Shape(
        [layer.shape.elementCount / max(1, layer.gridExtents.reduce(1, *))] + layer.gridExtents)
      return (
        "what follows the layer on % changed activations", scoring.factors(shape, settings).count
      )
    }
  }
}

extension ChosenMethod {
  /// How many changed inputs the network is run on for one target; nil for other methods.
  package var changeCount: Int? {
    guard case .repeats(let repetition) = method.procedure else { return nil }
    return repetition.changes(settings).count
  }
}

extension ExplanationPlan {
  /// What the plan costs beyond a few passes, a sentence for each method that changes inputs or
  /// activations many times.
  package var costs: [String] {
    methods.indices.compactMap { index in
      if let count = methods[index].changeCount {
        let inputs = "\(count * targets.count) changed inputs"
        return "\(methods[index].method.id) runs the network on \(inputs) for each input"
      }
      let costs = items.filter { $0.place.method == index }.compactMap {
        $0.cost(background.spacing)
      }
      let total = costs.reduce(0) { $0 + $1.count }
      guard let what = costs.first?.what, total > 0 else { return nil }
      let phrase = what.replacing("%", with: "\(total)")
      return "\(methods[index].method.id) runs \(phrase) for each input"
    }
  }
}
