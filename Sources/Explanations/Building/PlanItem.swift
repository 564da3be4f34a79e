import TensorCore

/// One map of a plan: a method, what it explains, and where it looks.
package struct PlanItem: Sendable {
  /// Where an item stands among the methods, targets and layers of its plan; no layer means the input.
  package struct Place: Hashable, Sendable {
    package let method: Int
    package let target: Int
    package let layer: Int?
  }

  /// The method with its settings.
  package let method: ChosenMethod

  /// What is explained.
  package let target: Target

  /// The layer that it looks at; nil for the input.
  package let layer: Layer?

  /// Where it stands in its plan.
  package let place: Place
}

extension ExplanationPlan {
  /// What is computed: every method at every layer it looks at, for every target.
  static func items(
    _ methods: [ChosenMethod], _ targets: [Target], _ layers: [Layer],
    looksAtLayers: (MethodKind) -> Bool
  ) -> [PlanItem] {
    methods.enumerated().flatMap { method, chosen in
      targets.enumerated().flatMap { target, explained in
        let places: [(Int?, Layer?)] =
          looksAtLayers(chosen.method.kind)
          ? layers.enumerated().map { ($0, $1) } : [(nil, nil)]
        return places.map { index, layer in
          PlanItem(
            method: chosen, target: explained, layer: layer,
            place: PlanItem.Place(method: method, target: target, layer: index))
        }
      }
    }
  }
}
