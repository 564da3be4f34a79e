/// How the numbers of a mask follow their gradient, and what is remembered between steps.
///
/// The same steps as those of trainings, which live in a module above this one.
struct MaskDescent: Sendable {
  /// How steps are made.
  enum Rule: Hashable, Sendable {
    /// Adam (Kingma and Ba 2015) with 0.9, 0.999 and 1e-8.
    case adam(rate: Float)
    /// `v ← 0.9 v + 0.1 g`, `w ← w − η v`.
    case momentum(rate: Float)
  }

  private let rule: Rule
  private let range: ClosedRange<Float>
  private var means: [Float]
  private var squares: [Float]
  private var powers = (mean: 1.0, square: 1.0)

  /// Remembers nothing yet.
  ///
  /// - Parameters:
  ///   - rule: How steps are made.
  ///   - range: What numbers are kept between.
  ///   - count: How many numbers there are.
  init(_ rule: Rule, in range: ClosedRange<Float>, count: Int) {
    self.rule = rule
    self.range = range
    means = Array(repeating: 0, count: count)
    squares = means
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - numbers: What changes.
  ///   - gradient: As many as numbers.
  mutating func step(_ numbers: inout [Float], _ gradient: [Float]) {
    powers = (powers.mean * 0.9, powers.square * 0.999)
    let (corrected, spread) = (Float(1 - powers.mean), Float(1 - powers.square).squareRoot())
    for index in numbers.indices {
      let slope = gradient[index]
      means[index] = 0.9 * means[index] + 0.1 * slope
      let change: Float
      switch rule {
      case .momentum(let rate): change = rate * means[index]
      case .adam(let rate):
        squares[index] = 0.999 * squares[index] + 0.001 * slope * slope
        change = rate * (means[index] / corrected) / (squares[index].squareRoot() / spread + 1e-8)
      }
      numbers[index] = min(max(numbers[index] - change, range.lowerBound), range.upperBound)
    }
  }
}
