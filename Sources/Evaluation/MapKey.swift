package import Explanations

/// What a map is of: a method at a layer, or a control beside it.
package struct MapKey: Hashable, Codable, Sendable {
  /// The id of the method; of a control that no method made, its own.
  package let method: String

  /// The settings of the method that are not the standard ones, `name=value` with commas.
  package let settings: String

  /// The layer, by its name; nil for the input, and for controls that are the same at all layers.
  package let layer: String?

  /// What kind of control it is; nil for the map of a method.
  package let control: ControlKind?

  /// Names a map.
  package init(
    method: String, settings: String = "", layer: String? = nil, control: ControlKind? = nil
  ) {
    self.method = method
    self.settings = settings
    self.layer = layer
    self.control = control
  }

  /// The map of an item of a plan.
  package init(_ item: PlanItem) {
    self.init(
      method: item.method.method.id, settings: item.method.changedSettings, layer: item.layer?.name)
  }

  /// The control that a map of the same method of another input is.
  package var ofAnotherInput: MapKey {
    MapKey(method: method, settings: settings, layer: layer, control: .anotherInput)
  }

  /// The map of a method of the input itself that a control is made as.
  var ofMethod: MapKey { MapKey(method: method, settings: settings, layer: layer) }

  /// Whether it is a control.
  package var isControl: Bool { control != nil }
}

/// What a control is made of.
package enum ControlKind: String, Hashable, Codable, Sendable {
  /// No method: a picture that is the same for all networks.
  case blind
  /// The activations of a layer, summed over channels: no class.
  case activations
  /// The method's own map of another input.
  case anotherInput = "another-input"
}
