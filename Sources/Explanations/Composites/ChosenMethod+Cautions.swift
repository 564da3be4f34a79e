import Catalogs
import GraphRewriting

extension ChosenMethod {
  /// What to say of the settings of relevance; none where there is nothing to be wary of.
  package var cautions: [String] {
    guard method.propagatesRelevance, settings.contains(Parameter.contrast) else { return [] }
    return [blindness, unsteadiness].compactMap(\.self)
  }

  /// What to say where relevance hardly tells classes apart.
  ///
  /// z⁺ in the last layer sees nothing of the weights that speak against a class, so that without a
  /// contrast the maps of all classes look alike.
  private var blindness: String? {
    guard [.oneHot, .logit, .difference].contains(settings[.contrast]) else { return nil }
    let composite: Composite = settings[.composite]
    let rule = composite.last ?? composite.dense ?? composite.convolution
    guard rule.id == "z-plus" else { return nil }
    return
      "\(method.id): z-plus in the last layer does not see what speaks against a class, so maps of "
      + "all classes look alike; contrast=balanced or composite=epsilon-plus tells them apart"
  }

  /// What to say where relevance is divided by sums that may come near to zero.
  ///
  /// A balanced contrast divides both passes by what arrives at the layer. z⁺ keeps that positive; rules
  /// that let contributions cancel do not.
  private var unsteadiness: String? {
    let composite: Composite = settings[.composite]
    guard settings[.contrast] == .balanced, ["epsilon", "zero"].contains(composite.convolution.id)
    else { return nil }
    return
      "\(method.id): contrast=balanced divides by sums of relevance, which \(composite.convolution.id) "
      + "lets cancel: maps may change with the slightest noise; take contrast=one-hot, or another composite"
  }
}
