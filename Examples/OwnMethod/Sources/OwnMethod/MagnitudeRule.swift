import Vitrine

/// Relevance in proportion to the magnitudes of contributions.
struct MagnitudeRule: RelevanceRule {
  func inputRelevance(at site: LinearSite) -> Value {
    site.proportional(to: [(site.input.absolute, site.map.weights.absolute)], .tiny)
  }
}

/// Magnitudes in the first layer, z⁺ in convolutions, ε in dense layers.
let magnitudesFirst = Composite(
  first: MagnitudeRule(), convolution: ZPlusRule(), dense: EpsilonRule())
