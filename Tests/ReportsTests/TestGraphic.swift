import Foundation
import Reports

/// Small SVG files.
enum TestGraphic {
  /// A file with the names that figures give to their parts, after a prefix.
  static func plain(_ prefix: String = "") -> [UInt8] {
    Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
      width="40pt" height="20pt" viewBox="0 0 40 20" version="1.1">
      <title>a title</title>
      <desc>a description</desc>
      <defs><g><symbol id="\(prefix)glyph0-1"><path d="M 1.123456 2 L 3.5 4 Z M 1.123456 2 "/></symbol></g>
      <clipPath id="\(prefix)clip0"><rect x="0" y="0" width="40" height="20"/></clipPath></defs>
      <g clip-path="url(#\(prefix)clip0)"><use xlink:href="#\(prefix)glyph0-1" x="1.234567" y="2"/></g>
      <path style="fill:none;stroke:rgb(100%,50%,0%);stroke-opacity:1;" d="M 0 0 L 1 1 "/>
      </svg>
      """.utf8)
  }

  static func figure(_ name: String, _ graphic: [UInt8] = plain()) -> ReportFigure {
    ReportFigure(
      name: name, graphic: graphic, caption: "A caption.", alternative: "What \(name) is")
  }

  /// An SVG file with something in it.
  static func holding(_ element: String) -> [UInt8] {
    Array("<svg width=\"4\" height=\"2\">\(element)</svg>".utf8)
  }
}
