import TensorCore

/// One map of a plan: a method, what it explains, and where it looks.
package struct PlanItem: Sendable {
  /// Where an item stands among the methods, targets, layers and inputs of its plan; no layer means
  /// the input itself.
  package struct Place: Hashable, Sendable {
    package let method: Int
    package let target: Int
    package let layer: Int?
    package let input: Int
  }

  /// The method with its settings.
  package let method: ChosenMethod

  /// What is explained.
  package let target: Target

  /// The layer that it looks at; nil for the input.
  package let layer: Layer?

  /// The input on whose positions the map lies.
  package let input: NetworkInput

  /// Where it stands in its plan.
  package let place: Place
}

extension PlanItem {
  /// Where the grid of the map lies over the input; nil where the map is at its positions.
  package var fields: [ReceptiveField]? { method.method.liesOnInput ? nil : layerFields }

  /// Where the grid of the layer lies over the input.
  var layerFields: [ReceptiveField]? { layer?.receptiveFields(over: input) }
}

extension ExplanationPlan {
  /// A layer, or an input itself, with the input that maps of it lie on.
  struct Place {
    let layer: Int?
    let input: Int
  }

  /// Where methods that look at layers look: at each, once for every input that it lies over.
  static func places(
    _ layers: [Layer], _ model: Model, on inputs: [Int]
  ) throws(ExplanationError) -> [Place] {
    var places: [Place] = []
    for (index, layer) in layers.enumerated() {
      let over = inputs.filter { layer.receptiveFields(over: model.inputs[$0]) != nil }
      guard !over.isEmpty else {
        let names = inputs.map { model.inputs[$0].name }.joined(separator: ", ")
        let own = layer.fieldsByInput.keys.sorted().joined(separator: ", ")
        throw ExplanationError(
          .unknownLayer,
          "the positions of layer \(layer.name) are not those of \(names), but of \(own)")
      }
      places += over.map { Place(layer: index, input: $0) }
    }
    return places
  }

  /// What is computed: every method at every place it looks at, for every target.
  static func items(
    _ methods: [ChosenMethod], _ targets: [Target], _ layers: [Layer], _ model: Model,
    places: (MethodKind) -> [Place]
  ) -> [PlanItem] {
    methods.enumerated().flatMap { method, chosen in
      targets.enumerated().flatMap { target, explained in
        places(chosen.method.kind).map { place in
          PlanItem(
            method: chosen, target: explained, layer: place.layer.map { layers[$0] },
            input: model.inputs[place.input],
            place: PlanItem.Place(
              method: method, target: target, layer: place.layer, input: place.input))
        }
      }
    }
  }
}
