package import Chemometrics
package import NetworkTraining

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
    try layout(of: Array(0..<count))
  }

  /// What divisions of some samples must respect, which knows nothing of the others.
  ///
  /// - Parameter samples: Indices of samples, in the order of the layout.
  /// - Returns: The layout.
  /// - Throws: `ChemometricsError` when there are fewer than two.
  package func layout(of samples: [Int]) throws(ChemometricsError) -> SampleLayout {
    let strata =
      switch question {
      case .classes(let labels): samples.map { labels.indices[$0] }
      case .quantity(_, let values):
        SampleLayout.strata(
          of: samples.map { values[$0] }, binCount: max(1, min(5, samples.count / 4)))
      }
    return try SampleLayout(
      count: samples.count, strata: strata,
      groups: groups.map { groups in samples.map { groups[$0] } })
  }
}
