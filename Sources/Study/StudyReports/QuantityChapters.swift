import Chemometrics
import Reports
import Statistics
import StudyEngine

/// One report of several quantities in the same spectra: all side by side, then a section for each.
struct QuantityChapters {
  let chapters: [StudyChapter]

  /// What the quantities are called.
  var names: [String] { chapters.map { $0.facts.result.data.quantity ?? "" } }

  /// The two main answers of every quantity.
  var findings: [ReportStatement] {
    zip(names, chapters).flatMap { name, chapter in
      chapter.answers.prefix(2).map { Self.statement($0, of: name) }
    }
  }

  /// The errors of both models for every quantity.
  var keyFigures: [Report.KeyFigure] {
    zip(names, chapters).flatMap { name, chapter in
      chapter.keyFigures.map {
        Report.KeyFigure(label: "\(name): \($0.label)", value: $0.value, note: $0.note)
      }
    }
  }

  /// What holds for all is said once, the rest with the quantity that it is about.
  var cautions: [ReportStatement] {
    let common = chapters[0].cautions.filter { caution in
      chapters.allSatisfy { $0.cautions.contains(caution) }
    }
    let own = zip(names, chapters).flatMap { name, chapter in
      chapter.cautions.filter { !common.contains($0) }.map { Self.statement($0, of: name) }
    }
    return own + common
  }

  /// All quantities in one table, then a section for each.
  func sections() throws -> [ReportSection] {
    let all = ReportSection("Prediction of all quantities", [try table])
    return [all]
      + zip(names, chapters).map { name, chapter in
        ReportSection(
          name, [.statements(chapter.answers + chapter.bands.statements)],
          parts: chapter.sections.flatMap { section in
            [ReportSection.Part(section.title, section.blocks)] + section.parts
          })
      }
  }

  private var table: ReportBlock {
    get throws {
      var rows: [[String]] = []
      for (name, chapter) in zip(names, chapters) {
        guard case .quantity(let outcome) = chapter.facts.result.outcome else { continue }
        let models = [
          ("Network", outcome.network),
          (chapter.facts.partialLeastSquares, outcome.partialLeastSquares),
        ]
        for (model, validation) in models {
          let error = try validation.summary()
          rows.append([
            name, model, Words.number(error.mean), QuantityFindings.interval(error),
            Words.number(try validation.summary(of: \.bias).mean, 2),
            validation.meanDetermination.map { Words.decimals($0, 4) } ?? "–",
          ])
        }
      }
      return .table(
        ReportTable(
          "Errors on test spectra, means over the same divisions for all quantities. RMSEP and bias in "
            + "the unit of the quantity.",
          columns: [
            .init("Quantity"), .init("Model"), .init("RMSEP", isNumeric: true), .init("How sure"),
            .init("Bias", isNumeric: true), .init("R²", isNumeric: true),
          ], rows: rows))
    }
  }

  private static func statement(
    _ statement: ReportStatement, of name: String
  ) -> ReportStatement {
    let isNamed = statement.subject.contains(name)
    return ReportStatement(
      isNamed ? statement.subject : "\(name): \(statement.subject)", statement.text,
      points: statement.points)
  }
}
