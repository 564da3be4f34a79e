package import Chemometrics
package import SpectralLearning

extension StudyData {
  /// What a network is trained to say.
  package var targets: LearningTargets {
    switch question {
    case .classes(let labels): .classes(labels.indices, count: labels.names.count)
    case .quantity(_, let values): .values(values.map { [Float($0)] })
    }
  }

  /// The classes; nil for a quantity.
  var labels: ClassLabels? {
    if case .classes(let labels) = question { labels } else { nil }
  }

  /// What divisions must respect: classes, or ranges of the quantity, and groups.
  package func layout() throws(ChemometricsError) -> SampleLayout {
    let strata =
      switch question {
      case .classes(let labels): labels.indices
      case .quantity(_, let values): SampleLayout.strata(of: values, binCount: min(5, count / 4))
      }
    return try SampleLayout(count: count, strata: strata, groups: groups)
  }
}
