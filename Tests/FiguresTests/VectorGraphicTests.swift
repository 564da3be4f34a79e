import Foundation
import Testing

@testable import Figures

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What is done to lines and to the text of vector graphics.
struct VectorGraphicTests {
  private let text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <svg width="40pt" viewBox="0 0 40 20"><g id="surface3">
    <symbol id="glyph0-1"><path d="M 1.123456 2 L 3.5 4 Z M 1.123456 2 "/></symbol>
    <clipPath id="clip0"><rect x="0" y="0" width="40" height="20"/></clipPath>
    <g clip-path="url(#clip0)"><use xlink:href="#glyph0-1" x="1.234567" y="2"/></g>
    <image id="image17" xlink:href="data:image/png;base64,AA=="/>
    <use xlink:href="#image17" transform="matrix(1,0,0,1,0,0)"/>
    <path style="fill:none;stroke:rgb(100%,50%,0%);stroke-opacity:1;" stroke-width="1.23456" \
    d="M 1.23456 -0.5 L 12.345678 7 "/>
    </g></svg>
    """

  private func annotated(_ text: String, title: String = "t") -> String {
    String(
      decoding: ScalableGraphicText(title: title, description: "d").annotating(Array(text.utf8)),
      as: UTF8.self)
  }

  @Test func `graphics are shortened without changing what they show`() {
    let result = annotated(text)
    #expect(result.contains("d=\"M1.12 2L3.5 4ZM1.12 2\""))
    #expect(result.contains("x=\"1.23\" y=\"2\""))
    #expect(result.contains("style=\"fill:none;stroke:rgb(255,128,0);\""))
    #expect(result.contains("stroke-width=\"1.23456\" d=\"M1.23 -0.5L12.35 7\""))
    #expect(!result.contains("stroke-opacity") && !result.contains("transform"))
    #expect(result.contains("<rect x=\"0\" y=\"0\" width=\"40\" height=\"20\"/>"))
    #expect(result.contains("data:image/png;base64,AA=="))
    #expect(result.contains("<title>t</title>\n<desc>d</desc>"))
    #expect(XMLParser(data: Data(result.replacing("xlink:", with: "").utf8)).parse())
  }

  @Test func `names are its own, and the library's running numbers leave no trace`() throws {
    let result = annotated(text)
    let prefix = try #require(result.firstMatch(of: /id="(f[0-9a-z]+-)figure"/)).1
    for use in [
      "id=\"\(prefix)glyph0-1\"", "href=\"#\(prefix)glyph0-1\"", "url(#\(prefix)clip0)",
      "id=\"\(prefix)picture0\"", "href=\"#\(prefix)picture0\"",
    ] {
      #expect(result.contains(use), "\(use)")
    }
    let later = text.replacing("surface3", with: "surface9").replacing("image17", with: "image99")
    #expect(annotated(later) == result)
    #expect(!annotated(text.replacing("40", with: "41")).contains(prefix))
  }

  @Test func `outlines keep their points in fewer characters`() {
    #expect(OutlineText.short("M 0 0 L 1 0 L 2 0 ") == "M0 0L1 0 2 0")
    #expect(
      OutlineText.short("M 0 0 C 1 2 3 4 5 6.006 L 7 8 Z M 9 9 L 1 1")
        == "M0 0C1 2 3 4 5 6.01L7 8ZM9 9L1 1")
  }

  @Test func `points on a line are left out, others are kept`() {
    func line(_ places: [(Double, Double)]) -> [Canvas.Point] {
      places.map { Canvas.Point(x: $0.0, y: $0.1) }
    }
    #expect(
      Polyline.thinned(line([(0, 0), (1, 0.01), (2, 0), (3, 0), (4, 5), (5, 0), (6, 0)]))
        == line([(0, 0), (3, 0), (4, 5), (5, 0), (6, 0)]))
    // A short line stays as it is.
    #expect(Polyline.thinned(line([(0, 0), (1, 0), (2, 0)])).count == 3)
  }

  @Test func `a long line stays within the tolerance`() {
    let points = (0..<500).map { Canvas.Point(x: Double($0), y: 40 * sin(Double($0) / 20)) }
    let kept = Polyline.thinned(points)
    #expect(kept.count < 250 && kept.count > 20)
    for point in points {
      guard let right = kept.firstIndex(where: { $0.x >= point.x }) else {
        Issue.record("the end is missing")
        return
      }
      let (first, second) = (kept[max(0, right - 1)], kept[right])
      let width = second.x - first.x
      let line =
        width > 0 ? first.y + (point.x - first.x) / width * (second.y - first.y) : second.y
      // The line is at most three times as steep as level, which stretches the distance.
      #expect(abs(line - point.y) <= 3 * Polyline.tolerance)
    }
  }

  @Test func `text is escaped for tags and attributes`() {
    #expect(
      XMLText.escaped("<a> & \"b\" 'c'\u{1}\u{7F}é")
        == "&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39;  é")
  }
}
