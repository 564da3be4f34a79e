import Chemometrics
import Reports
import Statistics
import StudyEngine

/// What bands add to the slope of predictions on known values.
struct SlopeTable {
  let facts: StudyFacts
  let outcome: RegressionOutcome
  let evidence: Evidence

  /// How far the sum of slopes may be from the slope of the predictions, as a factor: that is of a line
  /// through means of all tests, the sum a mean over divisions.
  private static let tolerance = 0.8...1.25

  /// A model with its name.
  private typealias Named = (name: String, model: StudiedModel)

  /// What the table means, the table, and which model has no place in it.
  var blocks: [ReportBlock] {
    let models: [Named] = [
      ("Network", .network), (facts.partialLeastSquares, .partialLeastSquares),
    ]
    let complete = models.filter { isComplete($0.model) }
    let rest = models.filter { !isComplete($0.model) }.map { ReportBlock.paragraph(absence($0)) }
    guard !complete.isEmpty else { return rest }
    return [.paragraph(Self.words), table(complete)] + rest
  }

  private static let words =
    "Where does the slope come from? The contribution of a band to the prediction, too, grows with "
    + "the quantity, and the slopes of all points add up to the slope of the predictions where the "
    + "map is complete, as that of PLS is, and integrated gradients at the input. Contributions of "
    + "opposite sign correct each other, such as a signal and its background."

  /// The sum of the slopes of all points.
  private func total(_ model: StudiedModel) -> Double {
    model.variables(evidence).map.mean.reduce(0, +)
  }

  /// The slope of the predictions on known values.
  private func slope(_ model: StudiedModel) -> Double? {
    switch model {
    case .network: outcome.networkLinearity.line?.slope
    case .partialLeastSquares: outcome.partialLeastSquaresLinearity.line?.slope
    }
  }

  /// Whether the slopes of all points add up to that of the predictions.
  private func isComplete(_ model: StudiedModel) -> Bool {
    guard let slope = slope(model), slope != 0 else { return true }
    return Self.tolerance.contains(total(model) / slope)
  }

  private func absence(_ named: Named) -> String {
    "The contributions of “\(named.name)” are left out: their slopes add up to "
      + Words.signed(total(named.model), 3) + ", not to that of the predictions ("
      + (slope(named.model).map { Words.signed($0, 3) } ?? "–")
      + "). Maps of a layer are brought to the points of the spectra and need not be complete; "
      + "integrated gradients at the input are."
  }

  private func table(_ models: [Named]) -> ReportBlock {
    var rows: [[String]] = []
    for (name, model) in models {
      let bands = BandFacts.all(evidence, model, facts).prefix(6)
      rows += bands.map {
        [
          name, facts.positions.range($0.band.lower, $0.band.upper), Words.signed($0.band.sum, 3),
        ]
      }
      let total = total(model)
      let rest = total - bands.reduce(0) { $0 + $1.band.sum }
      rows.append([name, "all other points", Words.signed(rest, 3)])
      rows.append([name, "sum", Words.signed(total, 3)])
    }
    return .table(
      ReportTable(
        "Slopes of the contributions of the strongest bands: change of the prediction per unit of "
          + "\(evidence.name), mean over divisions.",
        columns: [
          .init("Model"), .init(facts.positions.head("Band")), .init("Slope", isNumeric: true),
        ], rows: rows))
  }
}
