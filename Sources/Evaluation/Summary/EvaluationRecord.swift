package import ExplanationQuality

/// What is known of the maps of a run, arranged by metric and map.
package struct EvaluationRecord: Sendable {
  /// The inputs.
  package let samples: [StoredSample]

  /// The maps of methods, in the order of the plan.
  package let methods: [MapKey]

  /// The controls.
  package let controls: [MapKey]

  /// The metrics with at least one number.
  package let metrics: [ChosenMetric]

  /// How many maps of each kind have no value above zero.
  package let emptyCounts: [MapKey: Int]

  private let numbers: [Place: [Double?]]
  private let curves: [Place: MeanCurve]
  private let lastScores: [Place: [Double?]]

  private struct Place: Hashable {
    let metric: String
    let map: MapKey
  }

  /// Arranges numbers.
  ///
  /// - Parameters:
  ///   - samples: The inputs.
  ///   - scores: Their numbers.
  ///   - emptyCounts: How many maps have no value above zero.
  ///   - metrics: Which metrics are told, in which order.
  ///   - maps: Which maps are told, in which order.
  package init(
    _ samples: [StoredSample], _ scores: [StoredScore], emptyCounts: [MapKey: Int],
    metrics: [ChosenMetric], maps: [MapKey]
  ) {
    self.samples = samples
    self.emptyCounts = emptyCounts
    let rows = Dictionary(
      samples.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var numbers: [Place: [Double?]] = [:]
    var curves: [Place: MeanCurve] = [:]
    var lastScores: [Place: [Double?]] = [:]
    let none = [Double?](repeating: nil, count: samples.count)
    for score in scores {
      guard let row = rows[score.sample] else { continue }
      let place = Place(metric: score.metric, map: score.map)
      numbers[place, default: none][row] = score.value
      if !score.fractions.isEmpty {
        curves[place, default: MeanCurve()].add(score.fractions, score.scores)
        lastScores[place, default: none][row] = score.scores.last
      }
    }
    self.numbers = numbers
    self.curves = curves
    self.lastScores = lastScores
    let known = Set(numbers.keys.map(\.map))
    let measured = Set(numbers.keys.map(\.metric))
    methods = maps.filter { !$0.isControl && known.contains($0) }
    controls = maps.filter { $0.isControl && known.contains($0) }
    self.metrics = metrics.filter { measured.contains($0.text) }
  }

  /// The number of every input; nil where there is none.
  package func values(_ metric: ChosenMetric, _ map: MapKey) -> [Double?] {
    numbers[Place(metric: metric.text, map: map)]
      ?? [Double?](repeating: nil, count: samples.count)
  }

  /// The mean curve of a map by a metric; nil where it has none.
  package func curve(_ metric: ChosenMetric, _ map: MapKey) -> MeanCurve? {
    curves[Place(metric: metric.text, map: map)]
  }

  /// The number of one input; nil where there is none.
  package func value(
    _ metric: ChosenMetric, _ map: MapKey, of sample: StoredSample
  ) -> Double? {
    samples.firstIndex { $0.id == sample.id }.flatMap { values(metric, map)[$0] }
  }

  /// The score of every input at the last point of its curve; nil where there is none.
  package func ends(_ metric: ChosenMetric, _ map: MapKey) -> [Double?] {
    lastScores[Place(metric: metric.text, map: map)]
      ?? [Double?](repeating: nil, count: samples.count)
  }

  /// The map of a method that another map is compared with: at the same layer, else its last one.
  ///
  /// - Parameters:
  ///   - method: The id of the method.
  ///   - map: What is compared with it.
  /// - Returns: Nil where there is none, or it is the map itself.
  package func reference(_ method: String?, beside map: MapKey) -> MapKey? {
    let own = methods.filter { $0.method == method }
    let other = own.first { $0.layer == map.layer } ?? own.last
    return other == map ? nil : other
  }

  /// The unit of every input: targets of one file and row are one.
  package var units: [Int] {
    var known: [String: Int] = [:]
    return samples.map { sample in
      let name = "\(sample.name) \(sample.row ?? -1)"
      let unit = known[name] ?? known.count
      known[name] = unit
      return unit
    }
  }
}

/// The mean of curves, point by point, with their spread.
package struct MeanCurve: Sendable {
  /// What stands at a point.
  private struct Point {
    var sum = 0.0
    var square = 0.0
    var count = 0.0
  }

  private var points: [Double: Point] = [:]

  init() {}

  /// Takes a curve in; it may lack points that others have.
  mutating func add(_ fractions: [Double], _ scores: [Double]) {
    for (fraction, score) in zip(fractions, scores) {
      points[fraction, default: Point()].sum += score
      points[fraction]?.square += score * score
      points[fraction]?.count += 1
    }
  }

  /// Which share of the positions was hidden or shown, 0…1, ascending.
  package var fractions: [Double] { points.keys.sorted() }

  /// The mean scores.
  package var means: [Double] { sorted.map { $0.sum / $0.count } }

  /// The standard errors of the means.
  package var standardErrors: [Double] {
    sorted.map { point in
      let spread = point.square - point.sum * point.sum / point.count
      return point.count > 1
        ? (max(0, spread) / (point.count * (point.count - 1))).squareRoot() : 0
    }
  }

  private var sorted: [Point] { points.sorted { $0.key < $1.key }.map(\.value) }
}
