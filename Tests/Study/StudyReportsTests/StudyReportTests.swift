import Chemometrics
import Reports
import SpectralData
import Statistics
import StudyEngine
import TestSupport
import Testing

@testable import StudyReports

@Suite struct StudyReportTests {
  private func statement(_ report: StudyReport, _ subject: String) throws -> ReportStatement {
    try #require(
      (report.report.findings + report.report.cautions).first { $0.subject.contains(subject) },
      "\((report.report.findings + report.report.cautions).map(\.subject))")
  }

  @Test func `the words about classes match the numbers`() throws {
    let report = try StudyReport(MadeStudy.classes(["beech", "oak", "yew"]))
    #expect(report.report.title == "made.csv: telling beech, oak and yew apart")
    #expect(report.report.subtitle.hasPrefix("36 spectra of 18 samples · 40 points, 1000–1780"))
    // One of 12 test spectra is wrong in one of three divisions: 35/36.
    let answer = try statement(report, "be told apart?").text
    #expect(answer.hasPrefix("Yes. ") && answer.contains("97.2\u{A0}%"), "\(answer)")
    #expect(answer.contains("right for 33.3\u{A0}%") && answer.contains("PLS-LDA 100\u{A0}%"))
    // 1 − 0.05^(1/18)
    #expect(answer.contains("18 independent samples") && answer.contains("15.3\u{A0}%"))
    let comparison = try statement(report, "better than PLS-LDA?").text
    #expect(comparison.hasPrefix("No difference was shown."), "\(comparison)")
    #expect(comparison.contains("2.8 percentage points lower"))
    #expect(
      comparison.contains("more accurate in 0 of 3 divisions, equal in 2 and less accurate in 1"))
    #expect(comparison.contains("does not make them equal"))
    let agreement = try statement(report, "the same bands?").text
    #expect(agreement.contains("r = 0.75 for beech") && agreement.hasPrefix("In part"))
    #expect(agreement.contains("3 of the network's 6 bands"))
    #expect(report.report.keyFigures[0].value == "97.2\u{A0}%")
    #expect(report.report.keyFigures[2].value == "1640\u{A0}cm⁻¹")
    #expect(report.report.keyFigures[2].note.contains("amide I"))
  }

  @Test func `bands are listed with what they do and what is known there`() throws {
    let report = try StudyReport(MadeStudy.classes(["beech", "oak", "yew"]))
    let bands = try #require(report.report.sections.first { $0.title == "Bands that decided" })
    #expect(bands.parts.map(\.title) == ["beech", "oak", "yew"])
    guard case .table(let table) = bands.parts[0].blocks[0] else {
      Issue.record("a table was expected")
      return
    }
    #expect(
      table.columns.map(\.head) == [
        "Band (cm⁻¹)", "Peak", "Share", "Effect", "Signal of the class", "Active in",
        "Also in PLS-LDA", "Possible assignments",
      ])
    #expect(table.rows.map { $0[1] } == ["1640", "1480"])
    #expect(table.rows.map { $0[3] } == ["helps", "works against"])
    // The class lies 0.3 below the mean of the others, with a deviation of 0.1.
    #expect(table.rows.map { $0[4] } == ["lower (3.0\u{A0}SD)", "lower (3.0\u{A0}SD)"])
    #expect(table.rows.map { $0[6] } == ["yes", "no"])
    #expect(table.rows[0][7].hasPrefix("amide I (C=O stretching) – proteins [Barth 2007]"))
    #expect(table.rows[1][7].hasPrefix("beside the peak: "))
    let text = try #require(report.report.sections.last).parts.flatMap(\.blocks)
    #expect(
      text.contains {
        if case .list(let lines) = $0 {
          lines.contains { $0.hasPrefix("[Barth 2007] A. Barth") }
        } else {
          false
        }
      })
  }

  @Test func `misclassified spectra are named`() throws {
    let report = try StudyReport(MadeStudy.classes(["beech", "oak", "yew"]))
    let prediction = try #require(report.report.sections.first { $0.title == "Prediction" })
    let tables = prediction.blocks.compactMap { block -> ReportTable? in
      if case .table(let table) = block { table } else { nil }
    }
    #expect(tables.count == 3)
    #expect(tables[2].rows == [["spectrum 1", "s0", "beech", "1", "1\u{A0}× oak", "always right"]])
    #expect(
      tables[1].rows[0] == ["beech", "12", "91.7\u{A0}%", "100\u{A0}%", "100\u{A0}%", "100\u{A0}%"])
    #expect(tables[1].rows[1][3] == "92.3\u{A0}%")
  }

  @Test func `two classes share one table, and numbers are called classes`() throws {
    let report = try StudyReport(MadeStudy.classes(["1", "2"]))
    #expect(report.report.title == "made.csv: telling classes 1 and 2 apart")
    let bands = try #require(report.report.sections.first { $0.title == "Bands that decided" })
    #expect(bands.parts.map(\.title) == ["Classes 1 and 2"])
    guard case .table(let table) = bands.parts[0].blocks[0] else {
      Issue.record("a table was expected")
      return
    }
    #expect(table.columns[4].head == "Signal of class 1")
  }

  @Test func `a quantity has words of its own`() throws {
    let report = try StudyReport(MadeStudy.quantity())
    let page = Page(text: try report.html())
    #expect(report.report.title == "made.csv: predicting fat")
    let answer = try statement(report, "Can fat be predicted?").text
    #expect(answer.hasPrefix("Yes. ") && answer.contains("PLS regression"), "\(answer)")
    #expect(answer.contains("from 10.0 to 45.0") && answer.contains("about 10.5"))
    #expect(
      page.words.contains("inside the training spectra of each division: none in 1 and 2 in 2 of"))
    let comparison = try statement(report, "better than PLS regression?").text
    #expect(comparison.contains("5.0 times that of PLS regression"), "\(comparison)")
    #expect(comparison.contains("smaller one in 0 of 3 divisions"))
    let line = try statement(report, "proportional?").text
    #expect(line.contains("slope 0.80") && line.contains("high values are predicted too low"))
    #expect(report.report.sections.map(\.title).contains("Linearity"))
    #expect(!report.report.sections.map(\.title).contains("Purity"))
    let said = (report.report.findings + report.report.cautions).map { $0.subject + $0.text }
    for word in ["accura", "PLS-LDA", "misclassified", "told apart", "class"] {
      #expect(said.allSatisfy { !$0.contains(word) }, "\(word)")
    }
    #expect(!page.words.contains("misclassified") && !page.words.contains("Accuracy"))
  }

  @Test func `several quantities have a section each and one table`() throws {
    let results = try ["fat", "water"].map { try MadeStudy.quantity(name: $0) }
    let report = try StudyReport(
      results, commands: StudyCommands(models: ["study/fat/model.onnx", "study/water/model.onnx"]))
    #expect(report.report.title == "made.csv: predicting fat and water")
    #expect(
      report.report.sections.map(\.title)
        == ["Data", "Prediction of all quantities", "fat", "water", "How this was made"])
    guard case .table(let table) = report.report.sections[1].blocks[0] else {
      Issue.record("there is no table")
      return
    }
    #expect(table.rows.map { $0[0] } == ["fat", "fat", "water", "water"])
    #expect(
      table.rows.map { $0[1] } == ["Network", "PLS regression", "Network", "PLS regression"])
    let one = try StudyReport(MadeStudy.quantity())
    #expect(report.figures.count == 2 * one.figures.count)
    #expect(Set(report.figures.map(\.name)).count == report.figures.count)
    let subjects = report.report.cautions.map(\.subject)
    #expect(subjects.count { $0.hasSuffix("What no computation can tell.") } == 1)
    let answers = report.report.findings.map(\.subject)
    #expect(
      answers.contains("Can fat be predicted?") && answers.contains("Can water be predicted?"))
    #expect(answers.count { $0.contains("better than PLS regression?") } == 2)
    let page = Page(text: try report.html())
    #expect(page.words.contains("The quantities are fat: 10.0 to 45.0"))
    #expect(page.words.contains("vitrine explain study/water/model.onnx new.jdx"))
  }

  @Test func `what limits the answers is said`() throws {
    func subjects(_ result: StudyResult) throws -> [String] {
      try StudyReport(result).report.cautions.map(\.subject)
    }
    let good = try subjects(MadeStudy.classes(["beech", "oak", "yew"]))
    #expect(!good.contains("Every spectrum counts as a sample of its own."))
    #expect(good.contains("Few samples.") && good.contains("Few divisions."))
    #expect(good.contains("Spectra were not prepared."))
    #expect(good.last == "What no computation can tell.")
    let bad = try subjects(
      MadeStudy.classes(["beech", "oak"], unit: .index, grouped: false, isPoor: true))
    #expect(bad.first == "The network may be no better than chance.")
    #expect(bad.contains("Every spectrum counts as a sample of its own."))
    #expect(bad.contains("No unit of the axis."))
    var prepared = MadeStudy.settings
    prepared.preprocessing = try PreprocessingPipeline(parsing: "snv")
    #expect(
      !(try subjects(MadeStudy.classes(["beech", "oak"], settings: prepared)))
        .contains("Spectra were not prepared."))
  }

  @Test func `a model no better than chance has no bands named`() throws {
    let report = try StudyReport(MadeStudy.classes(["beech", "oak"], isPoor: true))
    let answer = try statement(report, "Which bands decide?")
    #expect(answer.text.hasPrefix("The network is not surely better than always naming"))
    #expect(answer.points.count == 1 && answer.points[0].contains("PLS-LDA: 1640"))
    #expect(!report.report.findings.contains { $0.subject.contains("the same bands?") })
    let bands = try #require(report.report.sections.first { $0.title == "Bands that decided" })
    guard case .paragraph(let text) = bands.parts[0].blocks[0] else {
      Issue.record("a paragraph was expected")
      return
    }
    #expect(text.hasPrefix("No band of the network is named") && text.contains("(50"))
  }

  @Test func `known bands are asked for only where a material is said`() throws {
    var settings = MadeStudy.settings
    settings.materials = []
    let report = try StudyReport(MadeStudy.classes(["beech", "oak", "yew"], settings: settings))
    #expect(try statement(report, "match known ones?").text.hasPrefix("Not asked"))
    #expect(!Page(text: try report.html()).words.contains("Possible assignments"))
  }

  @Test func `an axis that counts points is not matched with known bands`() throws {
    let report = try StudyReport(MadeStudy.classes(["beech", "oak", "yew"], unit: .index))
    #expect(try statement(report, "match known ones?").text.hasPrefix("Not known"))
    let page = Page(text: try report.html())
    #expect(!page.words.contains("Possible assignments") && !page.words.contains("cm⁻¹"))
  }

  @Test(arguments: [true, false]) func `the page stands alone and every figure is described`(
    isQuantity: Bool
  ) throws {
    let report = try StudyReport(
      isQuantity ? MadeStudy.quantity() : MadeStudy.classes(["<beech>", "oak & \"ash\"", "yew"]),
      commands: StudyCommands(study: "vitrine study a.csv", models: ["study/model.onnx"]))
    let page = Page(text: try report.html())
    #expect(report.report.figures.allSatisfy { $0.alternative.count > 20 })
    #expect(report.figures.map(\.name) == report.report.figures.map(\.name))
    #expect(Set(report.figures.map(\.name)).count == report.figures.count)
    let ids = page.values(of: "id")
    #expect(Set(ids).count == ids.count)
    #expect(page.values(of: "href").allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("data:image/") })
    #expect(!page.text.contains("http:") && !page.text.contains("https:"))
    #expect(!page.text.contains("<beech>"))
    #expect(page.words.contains("vitrine explain study/model.onnx new.jdx"))
    #expect(page.words.contains("exact definitions were not available"))
    #expect(page.text.utf8.count < 5_000_000)
    for word in [" nan", " inf ", "Optional(", " nil"] {
      #expect(!page.words.contains(word), "\(word)")
    }
  }
}
