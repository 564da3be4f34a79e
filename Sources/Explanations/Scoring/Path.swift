import TensorCore

/// The straight way from a baseline to an input, and what was found on it so far.
///
/// The midpoint rule, whose points are kept when the number of steps is tripled. Ends would be poor
/// points: at zero, or where a baseline is flat, rectifiers stand at their kinks.
struct Path {
  private let rule: PathRule
  private let start: Tensor
  private let difference: [Float]
  private let title: String
  /// The shape of the map, `[positions…]`.
  private let positions: Shape
  private var stepCount = 0
  /// The sum of the gradients.
  private var sums: [Double]
  /// The explained values of the input and of the baseline.
  private let explained: Double
  private var explainedBaseline = 0.0
  private var found: (map: [Double], completeness: Completeness)?

  init(_ job: PathJob) {
    rule = job.rule
    start = job.baseline
    title = job.baselineTitle
    explained = Double(job.explained)
    let input = job.inputs[job.item.input.name] ?? job.baseline
    difference = zip(input.elements, job.baseline.elements).map { $0 - $1 }
    positions = Shape(Array(input.shape.extents.dropFirst()))
    sums = [Double](repeating: 0, count: difference.count)
  }

  private var nextStepCount: Int { stepCount == 0 ? rule.firstCount : 3 * stepCount }

  /// The points that the next number of steps needs besides those that are known, 0…1; 0 is the
  /// baseline itself.
  var nextPoints: [Double] {
    let count = nextStepCount
    let points = (0..<count).filter { stepCount == 0 || $0 % 3 != 1 }
      .map { (Double($0) + 0.5) / Double(count) }
    return stepCount == 0 ? [0] + points : points
  }

  /// The input at a point.
  func input(at place: Double) -> Tensor {
    let share = Float(place)
    let origin = start.elements
    return Tensor(
      shape: start.shape, elements: origin.indices.map { origin[$0] + share * difference[$0] })
  }

  /// Adds what the network gives at a point: a row of gradients, and the explained value.
  mutating func add(_ gradients: [Float], row: Int, explained: Double, at place: Double) {
    guard place > 0 else {
      explainedBaseline = explained
      return
    }
    let offset = row * sums.count
    for index in sums.indices { sums[index] += Double(gradients[offset + index]) }
  }

  /// Notes that all points that were asked for are there.
  mutating func close() {
    stepCount = nextStepCount
    let count = positions.elementCount
    var map = [Double](repeating: 0, count: count)
    for index in sums.indices {
      map[index % count] += sums[index] * Double(difference[index]) / Double(stepCount)
    }
    found = (
      map,
      Completeness(
        map, difference: explained - explainedBaseline, baseline: title, stepCount: stepCount)
    )
  }

  /// Whether the map adds up, or the steps must not be tripled again.
  var isDone: Bool {
    guard let gap = found?.completeness.gap else { return false }
    return gap <= rule.greatestGap || nextStepCount > rule.greatestCount
  }

  /// The map at the positions of the input.
  var result: MapPair {
    let map = Tensor(shape: positions, elements: found?.map.map { Float($0) } ?? [])
    return MapPair(map: map, aligned: map, completeness: found?.completeness)
  }
}
