import TensorCore

extension ChosenMethod {
  /// How many masked inputs the network is shown for one map at a layer; nil for methods that need
  /// one pass.
  package func maskCount(at layer: Layer) -> Int? {
    guard case .masks(let scoring) = method.procedure else { return nil }
    return min(scoring.recipe(settings).channelCount, layer.shape[0])
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
  /// What the plan costs beyond a few passes, a sentence for each method that shows the network masked
  /// or changed inputs.
  package var costs: [String] {
    methods.indices.compactMap { index in
      if let count = methods[index].changeCount {
        let inputs = "\(count * targets.count) changed inputs"
        return "\(methods[index].method.id) runs the network on \(inputs) for each input"
      }
      let counts = items.filter { $0.place.method == index }.compactMap { item in
        item.layer.flatMap { methods[index].maskCount(at: $0) }
      }
      let total = counts.reduce(0, +)
      guard total > 0 else { return nil }
      return "\(methods[index].method.id) runs the network on \(total) masked inputs for each input"
    }
  }
}
