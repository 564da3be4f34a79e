import Catalogs
import GraphRewriting

extension ChosenMethod {
  /// What to say where relevance hardly tells classes apart; nil where it does.
  ///
  /// z⁺ in the last layer sees nothing of the weights that speak against a class, so that without a
  /// contrast the maps of all classes look alike.
  package var blindness: String? {
    guard method.propagatesRelevance, settings.contains(Parameter.contrast),
      [.oneHot, .logit, .difference].contains(settings[.contrast])
    else { return nil }
    let composite: Composite = settings[.composite]
    let rule = composite.last ?? composite.dense ?? composite.convolution
    guard rule.id == "z-plus" else { return nil }
    return
      "\(method.id): z-plus in the last layer does not see what speaks against a class, so maps of "
      + "all classes look alike; contrast=balanced or composite=epsilon-plus tells them apart"
  }
}
