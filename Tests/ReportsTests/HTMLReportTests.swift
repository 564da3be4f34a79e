import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct HTMLReportTests {
  private static let nasty = "<script>alert(\"1\")</script> & 'more' {{title}}"

  /// A report with every kind of block, all texts being unfriendly.
  private static var report: Report {
    let text = nasty
    return Report(
      title: text, subtitle: text, keyFigures: [.init(label: text, value: text, note: text)],
      findings: [ReportStatement(text, text, points: [text])],
      cautions: [ReportStatement(text, text)],
      sections: [
        ReportSection(
          text,
          [
            .paragraph(text), .list([text]), .statements([ReportStatement(text, text)]),
            .notice(ReportStatement(text, text)), .commands([text, text]),
            .table(
              ReportTable(
                text, columns: [.init(text), .init(text, isNumeric: true)], rows: [[text, text]])),
            .figure(
              ReportFigure(
                name: "one", graphic: TestGraphic.plain("one-"), caption: text, alternative: text)),
          ], parts: [.init(text, [.figure(TestGraphic.figure("two", TestGraphic.plain("two-")))])])
      ], footer: text)
  }

  @Test func `every text is shown as it is and none becomes a tag`() throws {
    let page = Page(text: try HTMLReport(Self.report).text())
    #expect(!page.text.contains("<script"))
    let escaped =
      "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39; {{title}}"
    // Title twice, subtitle, key figure 3, finding 3, caution 2, section and contents 2, paragraph,
    // list, statement 2, notice 2, commands 2, table 5, caption, alternative, part and contents 2,
    // footer.
    #expect(page.text.components(separatedBy: escaped).count - 1 == 31)
    #expect(page.words.contains(Self.nasty))
  }

  @Test func `names are unique, and every reference has its target`() throws {
    let page = Page(text: try HTMLReport(Self.report).text())
    let ids = page.values(of: "id")
    #expect(Set(ids).count == ids.count, "\(ids)")
    #expect(ids.contains("one-glyph0-1") && ids.contains("two-glyph0-1"))
    #expect(page.text.contains("url(#one-clip0)") && page.text.contains("url(#two-clip0)"))
    let references = page.values(of: "href") + page.values(of: "xlink:href")
    let targets = references.map { String($0.dropFirst()) }
    #expect(targets.contains("two-glyph0-1"))
    #expect(targets.allSatisfy { Set(ids).contains($0) }, "\(targets)")
  }

  @Test func `figures whose parts have the same names are refused`() {
    let blocks = ["one", "two"].map { ReportBlock.figure(TestGraphic.figure($0)) }
    let report = Report(title: "t", sections: [ReportSection("s", blocks)])
    let error = #expect(throws: ReportError.self) { try HTMLReport(report).text() }
    #expect(error?.code == .unsuitableGraphic)
    #expect(error?.description.contains("figure two") == true)
  }

  @Test func `a page refers to nothing outside of it`() throws {
    let page = Page(text: try HTMLReport(Self.report).text())
    #expect(page.values(of: "src").isEmpty)
    #expect(page.values(of: "href").allSatisfy { $0.hasPrefix("#") })
    #expect(page.values(of: "xlink:href").allSatisfy { $0.hasPrefix("#") })
    for word in ["http:", "https:", "@import", "<link", "<script", "<iframe"] {
      #expect(!page.text.contains(word), "\(word)")
    }
    #expect(
      !page.text.contains("url(")
        || page.text.components(separatedBy: "url(").dropFirst()
          .allSatisfy { $0.hasPrefix("#") }
    )
  }

  @Test func `every figure says what it shows, and headings follow each other`() throws {
    let page = Page(text: try HTMLReport(Self.report).text())
    let figures = page.text.components(separatedBy: "<svg ").dropFirst()
    #expect(figures.count == 2)
    for figure in figures {
      let head = figure.prefix { $0 != ">" }
      #expect(head.contains("role=\"img\"") && head.contains("aria-label=\""))
      #expect(!head.contains("aria-label=\"\""))
      #expect(head.contains("viewBox=\"0 0 40 20\""))
    }
    // The contents stand first, then the report.
    #expect(page.headingLevels == [2, 1, 2, 2, 2, 3])
    #expect(page.text.contains("<th scope=\"col\"") && page.text.contains("<th scope=\"row\""))
    #expect(page.text.contains("<html lang=\"en\">"))
  }

  @Test(arguments: [
    "<script>x()</script>", "<image href=\"http://example.org/a.png\"/>",
    "<use xlink:href=\"other.svg#a\"/>", "<rect fill=\"url(http://example.org/#a)\"/>",
    "<style>p{}</style>",
  ]) func `graphics that reach outside are refused`(element: String) throws {
    let figure = TestGraphic.figure("bad", TestGraphic.holding(element))
    let report = Report(title: "t", sections: [ReportSection("s", [.figure(figure)])])
    let error = #expect(throws: ReportError.self) { try HTMLReport(report).text() }
    #expect(error?.code == .unsuitableGraphic)
    #expect(error?.description.contains("bad") == true)
  }

  @Test func `cells stand out where tones say so, and no others`() throws {
    var table = ReportTable(
      "t", columns: [.init("a"), .init("b", isNumeric: true)], rows: [["x", "1"], ["y", "2"]])
    table.tones = [[.plain, .strong], [.faint]]
    let report = Report(title: "r", subtitle: "", sections: [ReportSection("s", [.table(table)])])
    let text = try HTMLReport(report).text()
    #expect(text.contains(#"<td class="number strong">1</td>"#))
    #expect(text.contains(#"<th scope="row" class="word faint">y</th>"#))
    #expect(text.contains(#"<td class="number">2</td>"#))
  }

  @Test func `what is no graphic, and tables with holes, are refused`() throws {
    for bytes in [[], Array("not a picture".utf8), Array("<svg>".utf8), Array("<svg></svg>".utf8)] {
      let report = Report(
        title: "t", sections: [ReportSection("s", [.figure(TestGraphic.figure("x", bytes))])])
      #expect(throws: ReportError.self) { try HTMLReport(report).text() }
    }
    let table = ReportTable(
      "numbers", columns: [.init("a"), .init("b")], rows: [["1", "2"], ["3"]])
    let error = #expect(throws: ReportError.self) {
      try HTMLReport(Report(title: "t", sections: [ReportSection("s", [.table(table)])])).text()
    }
    #expect(error?.code == .unevenTable)
    #expect(error?.description.contains("row 2") == true)
  }
}
