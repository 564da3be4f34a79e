import Chemometrics
import Explanations
import Statistics

/// What is explained: a class against the mean of the others, or a quantity.
struct EvidenceTarget: Sendable {
  let name: String
  let classIndex: Int?

  /// One weight per score.
  let weights: [Float]

  /// All targets of a question.
  static func all(_ question: StudyData.Question) -> [EvidenceTarget] {
    switch question {
    case .quantity(let name, _):
      return [EvidenceTarget(name: name, classIndex: nil, weights: [1])]
    case .classes(let labels):
      let count = labels.names.count
      return labels.names.enumerated().map { index, name in
        let others = [Float](repeating: -1 / Float(count - 1), count: count)
        var weights = others
        weights[index] = 1
        return EvidenceTarget(name: name, classIndex: index, weights: weights)
      }
    }
  }

  /// The target for a network.
  var target: Target { classIndex == nil ? .output(0) : .weights(weights) }
}

/// Maps of one target summed up over samples: the mean, and what sets a class apart.
struct TargetMaps: Sendable {
  /// The mean map of the samples of the class; for a quantity, how the map grows with it.
  let mean: [Double]

  /// The mean map less that of the samples of other classes; the mean map itself where maps start at
  /// the mean of the other classes.
  let distinction: [Double]

  /// Sums up maps, one per sample; nil when there is nothing to compare: no sample of the class, none
  /// of the others, or no variation of the quantity.
  init?(_ part: SampleMaps, _ target: EvidenceTarget, _ data: StudyData) {
    let (maps, samples) = (part.maps, part.samples)
    switch data.question {
    case .classes where part.areContrasts:
      guard !maps.isEmpty else { return nil }
      mean = maps.columnMeans
      distinction = mean
    case .classes(let labels):
      let isOwn = samples.map { labels.indices[$0] == target.classIndex }
      let own = zip(maps, isOwn).filter(\.1).map(\.0)
      let others = zip(maps, isOwn).filter { !$0.1 }.map(\.0)
      guard !own.isEmpty, !others.isEmpty else { return nil }
      mean = own.columnMeans
      distinction = zip(mean, others.columnMeans).map { $0 - $1 }
    case .quantity(_, let values):
      let known = samples.map { values[$0] }
      let average = known.mean
      let total = known.reduce(0) { $0 + ($1 - average) * ($1 - average) }
      guard total > 0 else { return nil }
      var slopes = [Double](repeating: 0, count: maps[0].count)
      for (map, value) in zip(maps, known) {
        let share = (value - average) / total
        for point in slopes.indices { slopes[point] += share * map[point] }
      }
      (mean, distinction) = (slopes, slopes)
    }
  }
}
