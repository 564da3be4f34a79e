import Foundation
import GraphExecution
import TensorCore

/// The search for the masks of one map: their numbers, how they have changed, and what was found.
///
/// Nothing of it depends on what else is sought in the same batches.
struct MaskSearch {
  /// What is sought, and of what.
  let job: OptimizationJob
  let problem: any MaskProblem

  /// How many masks are sought.
  let maskCount: Int

  /// The numbers of each mask, `cells…`.
  private(set) var numbers: [[Float]]

  /// The scores of the input, and of what stands for it.
  private(set) var wholeScore = 0.0
  private(set) var hiddenScore = 0.0

  /// What is minimized with the costs of the first step, in the mean over the masks, at each step.
  private(set) var losses: [Double] = []

  private var descents: [MaskDescent]
  private var generator: SplitMix64
  /// The noise of each row of the step, `cells…`; empty where nothing is random.
  private var noises: [[Float]] = []
  private var stepLoss = 0.0
  private var gradients: [[Float]]
  private var found = Found()

  /// What the masks are at the end.
  private struct Found {
    var map: [Double] = []
    var kept: [Double] = []
    var scores: [Double] = []
  }

  init(_ job: OptimizationJob) {
    self.job = job
    problem = job.problem
    maskCount = problem.areas?.count ?? 1
    let count = problem.cells.reduce(1, *)
    let start = [Float](repeating: problem.start, count: count)
    numbers = Array(repeating: start, count: maskCount)
    gradients = Array(repeating: [Float](repeating: 0, count: count), count: maskCount)
    descents = Array(
      repeating: MaskDescent(problem.descent, in: problem.range, count: count), count: maskCount)
    generator = SplitMix64(seed: job.seed)
  }

  /// How many rows each mask has in a step.
  private var drawCount: Int { max(1, problem.drawCount) }

  /// How many rows there are in a step.
  var rowCount: Int { maskCount * drawCount }

  /// The mask of a row.
  func mask(of row: Int) -> Int { row / drawCount }

  /// How many cells the mask of a row is to keep.
  func quota(of row: Int) -> Float {
    let area = problem.areas.map { $0[mask(of: row)] } ?? 0
    return Float(area * Double(problem.cells.reduce(1, *)))
  }

  /// What the score is multiplied by: its sign, and one over its unit.
  var scale: Float {
    let difference = abs(wholeScore - hiddenScore)
    let unit = problem.objective.unit == .difference && difference > 0 ? difference : 1
    return Float((problem.objective.isPreserved ? -1 : 1) / unit)
  }

  /// Draws what is random in the next step.
  mutating func draw() {
    guard problem.drawCount > 0 else { return }
    noises = (0..<rowCount).map { _ in
      numbers[0].map { _ in
        // Away from 0 and 1, where the logarithm is infinite.
        let share = (Double(generator.next() >> 11) + 0.5) * 0x1p-53
        return Float(log(share / (1 - share)))
      }
    }
  }

  /// Draws nothing: masks are the likeliest.
  mutating func settle() { noises = [] }

  /// The noise of a row, `[1, cells…]`.
  func noise(of row: Int) -> Tensor {
    let shape = Shape([1] + problem.cells)
    return noises.isEmpty
      ? Tensor(shape: shape, repeating: 0) : Tensor(shape: shape, elements: noises[row])
  }

  /// The numbers of a row, `[1, cells…]`.
  func numbers(of row: Int) -> Tensor {
    Tensor(shape: Shape([1] + problem.cells), elements: numbers[mask(of: row)])
  }

  /// Which cells the random mask of a row keeps rather than hides.
  func keptCells(of row: Int) -> [Bool] {
    let own = numbers[mask(of: row)]
    return noises.isEmpty ? own.map { $0 > 0 } : zip(own, noises[row]).map { $0 + $1 > 0 }
  }
}

// What the graph gives.
extension MaskSearch {
  /// Takes the score of the input, or of what stands for it.
  mutating func take(_ score: Double, ofWhole isWhole: Bool) {
    if isWhole { wholeScore = score } else { hiddenScore = score }
  }

  /// Takes what a row gives in a step.
  mutating func take(objective: Float, gradient: ArraySlice<Float>, row: Int) {
    let (mask, share) = (mask(of: row), 1 / Float(drawCount))
    stepLoss += Double(objective) / Double(rowCount)
    for (index, slope) in gradient.enumerated() { gradients[mask][index] += slope * share }
  }

  /// Changes the numbers by what all rows gave.
  mutating func step() {
    losses.append(stepLoss)
    stepLoss = 0
    for mask in 0..<maskCount {
      descents[mask].step(&numbers[mask], gradients[mask])
      for index in gradients[mask].indices { gradients[mask][index] = 0 }
    }
  }

  /// Takes what a row gives at the end; of equal rows the first counts.
  mutating func finish(
    row: Int, objective: Float, score: Float, mask: ArraySlice<Float>, map: ArraySlice<Float>
  ) {
    guard row.isMultiple(of: drawCount) else { return }
    if found.map.isEmpty { found.map = [Double](repeating: 0, count: map.count) }
    for (index, value) in map.enumerated() { found.map[index] += Double(value) }
    found.kept.append(mask.reduce(0.0) { $0 + Double($1) } / Double(max(1, mask.count)))
    found.scores.append(Double(score))
    stepLoss += Double(objective) / Double(maskCount)
  }

  /// The map, the mean of those of all masks, and how it was found.
  var result: MapPair {
    let map = Tensor(
      shape: Shape(job.item.input.positions),
      elements: found.map.map { Float($0 / Double(maskCount)) })
    let record = OptimizationRecord(
      stepCount: losses.count, losses: losses + [stepLoss], wholeScore: wholeScore,
      hiddenScore: hiddenScore,
      masks: zip(found.kept, found.scores).map { OptimizationRecord.Mask(kept: $0, score: $1) })
    return MapPair(map: map, aligned: map, optimization: record)
  }
}
