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
                name: "one", graphic: TestGraphic.plain, caption: text, alternative: text)),
          ], parts: [.init(text, [.figure(TestGraphic.figure("two"))])])
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

  @Test func `names are unique although every figure brings the same ones`() throws {
    let page = Page(text: try HTMLReport(Self.report).text())
    let ids = page.values(of: "id")
    #expect(Set(ids).count == ids.count, "\(ids)")
    #expect(ids.contains("f1-glyph0-1") && ids.contains("f2-glyph0-1"))
    #expect(page.text.contains("url(#f1-clip0)") && page.text.contains("url(#f2-clip0)"))
    // Every reference has its target.
    let targets = page.values(of: "href").map { String($0.dropFirst()) }
    #expect(targets.allSatisfy { Set(ids).contains($0) }, "\(targets)")
  }

  @Test func `a page refers to nothing outside of it`() throws {
    let page = Page(text: try HTMLReport(Self.report).text())
    #expect(page.values(of: "src").isEmpty)
    #expect(page.values(of: "href").allSatisfy { $0.hasPrefix("#") })
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

  @Test func `graphics are shortened without changing what they show`() throws {
    let graphic = try InlineGraphic(TestGraphic.figure("one"), prefix: "p-")
    #expect(graphic.element.contains("d=\"M1.12 2L3.5 4ZM1.12 2\""))
    #expect(graphic.element.contains("x=\"1.23\" y=\"2\""))
    #expect(graphic.element.contains("stroke:rgb(255,128,0);"))
    #expect(!graphic.element.contains("stroke-opacity:1;"))
    #expect(!graphic.element.contains("<title>") && !graphic.element.contains("<desc>"))
  }
}

@Suite struct PathTextTests {
  @Test func `points on a line are left out, others are kept`() {
    #expect(
      PathText.shortened("M 0 0 L 1 0.01 L 2 0 L 3 0 L 4 5 L 5 0 L 6 0 ")
        == "M0 0L3 0 4 5 5 0 6 0")
    // A short line stays as it is.
    #expect(PathText.shortened("M 0 0 L 1 0 L 2 0 ") == "M0 0L1 0 2 0")
    #expect(
      PathText.shortened("M 0 0 C 1 2 3 4 5 6.006 L 7 8 Z M 9 9 L 1 1")
        == "M0 0C1 2 3 4 5 6.01L7 8ZM9 9L1 1")
  }

  @Test func `a long line stays within the tolerance`() {
    let points = (0..<500).map { (Double($0), 40 * sin(Double($0) / 20)) }
    let kept = PathText.simplified(points)
    #expect(kept.count < 250 && kept.count > 20)
    for (x, y) in points {
      guard let right = kept.firstIndex(where: { $0.0 >= x }) else {
        Issue.record("the end is missing")
        return
      }
      let (first, second) = (kept[max(0, right - 1)], kept[right])
      let width = second.0 - first.0
      let line = width > 0 ? first.1 + (x - first.0) / width * (second.1 - first.1) : second.1
      // The line is at most three times as steep as level, which stretches the distance.
      #expect(abs(line - y) <= 3 * PathText.tolerance)
    }
  }

  @Test(arguments: ["M 1", "m 1 2 l 3 4", "L", "M 1 2 Q 3 4 5 6", "nonsense", "M 1 nan"])
  func `what is not understood stays as it is`(text: String) {
    #expect(PathText.shortened(text[...]) == text)
  }
}
