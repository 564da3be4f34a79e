import Chemometrics
import SpectralData
import TensorCore

/// Partial least squares beside the network: PLS-LDA for classes, PLS regression for a quantity.
enum PartialLeastSquaresModel: Sendable {
  case discriminant(FittedPLSDiscriminant)
  case regression(FittedPLSRegression)

  /// Fits the model to prepared spectra of some samples.
  init(
    _ rows: Matrix<Float>, _ samples: [Int], _ data: StudyData, _ settings: StudySettings
  ) throws(ChemometricsError) {
    let variables = try Matrix<Double>(rows: rows)
    let layout = try data.layout(of: samples)
    let count = ComponentCount.searched(settings.componentSearch)
    switch data.question {
    case .classes(let labels):
      self = .discriminant(
        try PLSDiscriminant(componentCount: count)
          .fit(variables, labels.selecting(samples), groups: layout.groups.map(String.init)))
    case .quantity(_, let values):
      self = .regression(
        try PLSRegression(componentCount: count)
          .fit(variables, try Matrix<Double>(column: samples.map { values[$0] }), layout: layout))
    }
  }

  /// How many components it has.
  var componentCount: Int {
    switch self {
    case .discriminant(let model): model.componentCount
    case .regression(let model): model.componentCount
    }
  }

  /// The errors by which the number of components was chosen; nil when it was given.
  var errors: ComponentErrors? {
    switch self {
    case .discriminant(let model): model.errors
    case .regression(let model): model.errors
    }
  }

  /// The mean training spectrum.
  var center: [Double] { components.center }

  /// The partial least squares within.
  var components: FittedPartialLeastSquares {
    switch self {
    case .discriminant(let model): model.components
    case .regression(let model): model.components
    }
  }

  /// Predicted classes, or values, of prepared spectra.
  func predictions(for rows: Matrix<Float>) throws(ChemometricsError) -> [Double] {
    let variables = try Matrix<Double>(rows: rows)
    switch self {
    case .discriminant(let model): return try model.predictions(for: variables).map(Double.init)
    case .regression(let model): return try model.predictions(for: variables).elements
    }
  }

  /// One coefficient per point for a weighted sum of class scores, or for the quantity.
  func coefficients(_ weights: [Float]) throws(ChemometricsError) -> [Double] {
    switch self {
    case .discriminant(let model):
      var sum = [Double](repeating: 0, count: center.count)
      for (index, weight) in weights.enumerated() {
        let row = try model.coefficients(of: .score(index))
        for point in sum.indices { sum[point] += Double(weight) * row[point] }
      }
      return sum
    case .regression(let model):
      return try model.components.coefficients().row(0)
    }
  }
}
