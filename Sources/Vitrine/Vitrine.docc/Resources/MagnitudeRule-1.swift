import Vitrine

/// Relevance in proportion to the magnitudes of contributions.
struct MagnitudeRule: RelevanceRule {
  func inputRelevance(at site: LinearSite) -> Value {
    site.proportional(to: [(site.input.absolute, site.map.weights.absolute)], .tiny)
  }
}
