import GraphIR
import Operations
import SpectralData
import TensorCore

extension SavitzkyGolay: GraphPreprocessingStep {
  /// Differences of neighbors are filtered, as often as the derivative asks for: the level of a spectrum,
  /// which its derivatives do not have, costs no digits then.
  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    let level = derivative == 0 ? spectra.sliced(2, start: 0, count: 1) : nil
    var filtered = level.map { spectra - $0 } ?? spectra
    for _ in 0..<derivative { filtered = filtered.differences }
    let (half, taps) = (window / 2, window - derivative)
    let kernel = try differenceWeights(at: half).map { Float($0) }
    let middle = filtered.convolved(
      with: spectra.builder.constant(Tensor(shape: [1, 1, taps], elements: kernel)),
      Convolution(window: SlidingWindow(rank: 1)))
    let last = filtered.shape[2] - taps
    let low = try edge(filtered.sliced(2, start: 0, count: taps), at: 0..<half)
    let high = try edge(filtered.sliced(2, start: last, count: taps), at: half + 1..<window)
    let result = Value.concatenated([low, middle, high], axis: 2)
    return level.map { result + $0 } ?? result
  }

  /// The points of one window at some of its places.
  private func edge(_ window: Value, at places: Range<Int>) throws(SpectrumError) -> Value {
    var columns: [[Double]] = []
    for place in places { columns.append(try differenceWeights(at: place)) }
    let rows = (0..<window.shape[2]).map { row in columns.map { $0[row] } }
    return window.product(rows, columns: columns.count)
  }

  /// The weights of a window for differences of its points, taken as often as the derivative asks for:
  /// `Σ w x = Σ v Δx` with `v = −(w₀ + … + wⱼ)`, since the weights of a derivative add up to zero.
  private func differenceWeights(at place: Int) throws(SpectrumError) -> [Double] {
    var weights = try weights(at: place)
    for _ in 0..<derivative {
      var sum = 0.0
      weights = weights.dropLast().map { weight in
        sum -= weight
        return sum
      }
    }
    return weights
  }
}

extension PolynomialBaseline: GraphPreprocessingStep {
  /// Whether a trend is removed; a fit below peaks ends when it likes, which a graph cannot.
  var hasGraphForm: Bool { iterations == 0 }

  func prepared(_ spectra: Value, on axis: SpectralAxis) throws(SpectrumError) -> Value {
    let polynomials = try polynomials(on: axis)
    let columns = axis.positions.indices.map { point in polynomials.map { $0[point] } }
    // The lowest polynomial is the mean; without it the others lose no digits.
    let spectra = spectra.lessMean
    let shares = spectra.product(columns, columns: polynomials.count)
    return spectra - shares.product(polynomials, columns: axis.count)
  }
}
