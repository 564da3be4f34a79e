import Chemometrics
import Figures
import Reports
import Statistics
import StudyEngine
import StudyFigures

/// How well classes are recognized.
struct ClassPredictionSection {
  let facts: StudyFacts
  let outcome: ClassificationOutcome

  func section(_ book: inout FigureBook) throws -> ReportSection {
    let findings = try ClassFindings(facts, outcome)
    var blocks: [ReportBlock] = [try accuracyTable]
    if outcome.network.splits.count > 1 { blocks.append(try distribution(findings, &book)) }
    if outcome.classNames.count <= 60 { blocks.append(try confusion(&book)) }
    blocks.append(classTable)
    blocks += HardSamples(facts: facts).blocks
    return ReportSection("Prediction", blocks)
  }

  private var accuracyTable: ReportBlock {
    get throws {
      func row(_ name: String, _ validation: ClassificationValidation) throws -> [String] {
        let (accuracy, balanced) = (
          try validation.summary(), try validation.summary { $0.balancedAccuracy }
        )
        return [
          name, Words.percent(accuracy.mean), ClassFindings.interval(accuracy),
          Words.percent(accuracy.values.min() ?? 0), Words.percent(balanced.mean),
        ]
      }
      return .table(
        ReportTable(
          "Accuracy on test spectra over \(Words.count(outcome.network.splits.count, "division")). "
            + "Balanced: every class counts the same.",
          columns: [
            .init("Model"), .init("Mean accuracy", isNumeric: true), .init("How sure"),
            .init("Worst division", isNumeric: true), .init("Balanced", isNumeric: true),
          ],
          rows: [
            try row("Network", outcome.network),
            try row(facts.partialLeastSquares, outcome.partialLeastSquares),
          ]))
    }
  }

  private func distribution(
    _ findings: ClassFindings, _ book: inout FigureBook
  ) throws -> ReportBlock {
    let figure = try SplitDistributionFigure(
      findings.network, findings.partialLeastSquares, outcome.comparison, facts,
      title: "Accuracy", valueLabel: "Accuracy on test spectra", limits: 0...1)
    return try book.add(
      "accuracy", figure,
      caption: "Accuracy on the test spectra of every division, and the difference on the same "
        + "division. Bars are means with their 95\u{A0}% intervals, which allow for the overlap of "
        + "divisions.",
      alternative:
        "Distribution of accuracies. Network: mean \(Words.percent(findings.network.mean)), "
        + "\(ClassFindings.interval(findings.network)). \(facts.partialLeastSquares): mean "
        + "\(Words.percent(findings.partialLeastSquares.mean)), \(ClassFindings.interval(findings.partialLeastSquares))."
    )
  }

  private func confusion(_ book: inout FigureBook) throws -> ReportBlock {
    let models = [
      ("Network", outcome.network.confusion),
      (facts.partialLeastSquares, outcome.partialLeastSquares.confusion),
    ]
    let figure = try ConfusionFigure(
      labels: outcome.classNames,
      matrices: models.map { ConfusionFigure.Matrix(name: $0.0, counts: $0.1) },
      title: "What was taken for what", subtitle: "Test spectra of all divisions together")
    let errors = models.map { name, matrix in
      "\(name): \(Self.confusions(matrix, outcome.classNames))"
    }
    return try book.add(
      "confusion", figure,
      caption: "Test spectra of all divisions together; a spectrum counts once for every division "
        + "in which it was tested.",
      alternative: "Confusion matrices. " + errors.joined(separator: ". ") + ".")
  }

  /// The most frequent errors in words.
  static func confusions(_ matrix: [[Int]], _ names: [String]) -> String {
    var errors: [(count: Int, text: String)] = []
    for (row, counts) in matrix.enumerated() {
      for (column, count) in counts.enumerated() where row != column && count > 0 {
        errors.append(
          (
            count,
            "\(ClassWords.name(names[row])) was taken for \(ClassWords.name(names[column])) \(count) times"
          ))
      }
    }
    let most = errors.sorted { $0.count > $1.count }.prefix(4).map(\.text)
    return most.isEmpty ? "no errors" : Words.list(most)
  }

  private var classTable: ReportBlock {
    let totals = [outcome.network.total, outcome.partialLeastSquares.total]
    let (recalls, precisions) = (totals.map(\.recalls), totals.map(\.precisions))
    func text(_ value: Double?) -> String { value.map { Words.percent($0) } ?? "–" }
    let rows = outcome.classNames.indices.map { place in
      [
        outcome.classNames[place], "\(totals[0].confusion[place].reduce(0, +))",
        text(recalls[0][place]),
        text(precisions[0][place]), text(recalls[1][place]), text(precisions[1][place]),
      ]
    }
    return .table(
      ReportTable(
        "How surely each class is recognized, over all divisions. Recall: share of its spectra that "
          + "were given the class. Precision: share of spectra given the class that are of it.",
        columns: [
          .init("Class"), .init("Tests", isNumeric: true),
          .init("Network: recall", isNumeric: true), .init("Network: precision", isNumeric: true),
          .init("\(facts.partialLeastSquares): recall", isNumeric: true),
          .init("\(facts.partialLeastSquares): precision", isNumeric: true),
        ], rows: rows))
  }
}
