import Foundation

/// What a page says about itself, read from its text.
package struct Page {
  package let text: String

  package init(text: String) {
    self.text = text
  }

  /// The values of an attribute, in their order.
  package func values(of attribute: String) -> [String] {
    text.components(separatedBy: " \(attribute)=\"").dropFirst().map { part in
      String(part.prefix { $0 != "\"" })
    }
  }

  /// The headings, by level.
  package var headingLevels: [Int] {
    text.components(separatedBy: "<h").dropFirst().compactMap { part in
      part.first.flatMap { Int(String($0)) }
    }
  }

  /// The text without tags.
  package var words: String {
    text.components(separatedBy: "</style>").last.map { body in
      body.components(separatedBy: "<").map { part in
        part.firstIndex(of: ">").map { String(part[part.index(after: $0)...]) } ?? ""
      }.joined().replacing("&#39;", with: "'").replacing("&quot;", with: "\"")
        .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    } ?? ""
  }
}
