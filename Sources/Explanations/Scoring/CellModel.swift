/// A linear model of the scores of inputs of which some cells are kept, by weighted least squares.
struct CellModel {
  /// One input of which some cells are kept.
  struct Trial {
    let kept: [Bool]
    let score: Double
    let weight: Double
  }

  /// What each cell adds to the score.
  let effects: [Double]

  /// The score without any cell.
  let constant: Double

  /// Fits with a penalty on the squares of effects, but not on the constant.
  ///
  /// - Parameters:
  ///   - trials: At least one with a weight above 0.
  ///   - penalty: What the sum of squares of effects counts, beside the weighted squares of residuals.
  init(_ trials: [Trial], penalty: Double) {
    let total = trials.reduce(0) { $0 + $1.weight }
    let count = trials.first?.kept.count ?? 0
    var means = [Double](repeating: 0, count: count)
    var mean = 0.0
    for trial in trials {
      mean += trial.weight * trial.score / total
      for cell in 0..<count where trial.kept[cell] { means[cell] += trial.weight / total }
    }
    var system = NormalEquations(count)
    for trial in trials {
      let row = (0..<count).map { (trial.kept[$0] ? 1 : 0) - means[$0] }
      system.add(row, trial.score - mean, weight: trial.weight)
    }
    let effects = system.solution(penalty: penalty).effects
    self.effects = effects
    constant = mean - zip(effects, means).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Fits such that no cell and all cells have given scores.
  ///
  /// - Parameters:
  ///   - trials: Those in between.
  ///   - none: The score without any cell.
  ///   - all: The score of the whole input.
  init(_ trials: [Trial], from none: Double, to all: Double) {
    let count = trials.first?.kept.count ?? 0
    var system = NormalEquations(count)
    for trial in trials {
      system.add(trial.kept.map { $0 ? 1 : 0 }, trial.score - none, weight: trial.weight)
    }
    // By Lagrange's multiplier: the effects without the constraint, corrected along what least
    // disturbs the fit.
    let (free, direction) = system.solution(penalty: 0)
    let missing = all - none - free.reduce(0, +)
    let length = direction.reduce(0, +)
    effects = zip(free, direction).map { $0 + $1 * missing / (length == 0 ? 1 : length) }
    constant = none
  }

  /// Which share of the weighted variance of scores the model explains, R²; nil where scores are all equal.
  func fit(_ trials: [Trial]) -> Double? {
    let total = trials.reduce(0) { $0 + $1.weight }
    let mean = trials.reduce(0) { $0 + $1.weight * $1.score } / total
    var (residual, variance) = (0.0, 0.0)
    for trial in trials {
      let predicted = zip(effects, trial.kept).reduce(constant) { $1.1 ? $0 + $1.0 : $0 }
      residual += trial.weight * (trial.score - predicted) * (trial.score - predicted)
      variance += trial.weight * (trial.score - mean) * (trial.score - mean)
    }
    return variance > 0 ? 1 - residual / variance : nil
  }
}

/// The normal equations `(XᵀWX) b = XᵀWy` of weighted least squares.
private struct NormalEquations {
  private let count: Int
  private var matrix: [Double]
  private var right: [Double]

  init(_ count: Int) {
    self.count = count
    matrix = [Double](repeating: 0, count: count * count)
    right = [Double](repeating: 0, count: count)
  }

  /// Takes a row of `X` and its `y` into account.
  mutating func add(_ row: [Double], _ score: Double, weight: Double) {
    for left in 0..<count where row[left] != 0 {
      let share = weight * row[left]
      right[left] += share * score
      for other in 0...left { matrix[left * count + other] += share * row[other] }
    }
  }

  /// The coefficients, and those for a right side of ones.
  ///
  /// Where rows do not determine them, as when there are fewer rows than coefficients, the smallest penalty
  /// that does is added.
  func solution(penalty: Double) -> (effects: [Double], ones: [Double]) {
    let ones = [Double](repeating: 1, count: count)
    let scale = (0..<count).reduce(0) { max($0, matrix[$1 * count + $1]) }
    for extra in [0, 1e-9, 1e-6, 1e-3] {
      if let factor = CholeskyFactor(
        matrix, count: count, adding: penalty + extra * scale, least: 1e-12 * scale)
      {
        return (factor.solution(of: right), factor.solution(of: ones))
      }
    }
    return (ones.map { _ in 0 }, ones)
  }
}
