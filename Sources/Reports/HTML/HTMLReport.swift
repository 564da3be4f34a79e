import Foundation
import Mustache

/// A report as one page that needs no other file and no network.
package struct HTMLReport: Sendable {
  private let report: Report

  /// Prepares a page.
  ///
  /// - Parameter report: What it says.
  package init(_ report: Report) {
    self.report = report
  }

  /// The text of the page.
  ///
  /// - Returns: HTML, to be written as UTF-8.
  /// - Throws: `ReportError` when a figure or table cannot be shown.
  package func text() throws(ReportError) -> String {
    var numbering = Numbering()
    var sections: [[String: Any]] = []
    for (index, section) in report.sections.enumerated() {
      sections.append(try view(section, number: index + 1, &numbering))
    }
    let page: [String: Any] = [
      "style": ReportStyle.text, "title": report.title, "subtitle": report.subtitle,
      "keyFigures": report.keyFigures.map {
        ["label": $0.label, "value": $0.value, "note": $0.note]
      },
      "hasKeyFigures": !report.keyFigures.isEmpty, "findings": report.findings.map(Self.view),
      "hasFindings": !report.findings.isEmpty, "cautions": report.cautions.map(Self.view),
      "hasCautions": !report.cautions.isEmpty, "sections": sections, "footer": report.footer,
    ]
    do {
      let library = MustacheLibrary(templates: [
        "page": try MustacheTemplate(string: ReportTemplate.page),
        "block": try MustacheTemplate(string: ReportTemplate.block),
      ])
      if let text = library.render(page, withTemplate: "page") { return text }
    } catch {
      throw ReportError(.template, "the page could not be put together: \(error)")
    }
    throw ReportError(.template, "the page could not be put together")
  }

  /// Counts figures and tables through the report, and keeps names.
  private struct Numbering {
    var figure = 0
    var table = 0

    /// The names of parts of figures so far.
    var names: Set<String> = []
  }

  private static func view(_ statement: ReportStatement) -> [String: Any] {
    [
      "subject": statement.subject, "text": statement.text, "points": statement.points,
      "hasPoints": !statement.points.isEmpty,
    ]
  }

  private func view(
    _ section: ReportSection, number: Int, _ numbering: inout Numbering
  ) throws(ReportError) -> [String: Any] {
    var (blocks, parts): ([[String: Any]], [[String: Any]]) = ([], [])
    for block in section.blocks { blocks.append(try view(block, &numbering)) }
    for (index, part) in section.parts.enumerated() {
      var inner: [[String: Any]] = []
      for block in part.blocks { inner.append(try view(block, &numbering)) }
      parts.append([
        "title": part.title, "id": "section-\(number)-\(index + 1)", "blocks": inner,
      ])
    }
    return [
      "title": section.title, "id": "section-\(number)", "number": "\(number)", "blocks": blocks,
      "parts": parts, "hasParts": !parts.isEmpty,
    ]
  }

  /// One key says which block it is; the others are absent.
  private func view(
    _ block: ReportBlock, _ numbering: inout Numbering
  ) throws(ReportError) -> [String: Any] {
    switch block {
    case .paragraph(let text): return ["paragraph": text]
    case .list(let points): return ["list": ["points": points]]
    case .statements(let statements):
      return ["statements": ["items": statements.map(Self.view)]]
    case .notice(let statement): return ["notice": Self.view(statement)]
    case .commands(let lines): return ["commands": lines.joined(separator: "\n")]
    case .figure(let figure):
      numbering.figure += 1
      let graphic = try InlineGraphic(figure)
      if let name = graphic.names.first(where: { !numbering.names.insert($0).inserted }) {
        throw ReportError(
          .unsuitableGraphic,
          "figure \(figure.name) has a part \"\(name)\" as a figure before it; names in a page differ"
        )
      }
      return [
        "figure": [
          "number": "\(numbering.figure)", "graphic": graphic.element, "caption": figure.caption,
        ]
      ]
    case .table(let table):
      numbering.table += 1
      return ["table": try Self.view(table, number: numbering.table)]
    }
  }

  private static func view(
    _ table: ReportTable, number: Int
  ) throws(ReportError) -> [String: Any] {
    if let row = table.rows.firstIndex(where: { $0.count != table.columns.count }) {
      throw ReportError(
        .unevenTable,
        "row \(row + 1) of the table \"\(table.caption)\" has \(table.rows[row].count) cells for "
          + "\(table.columns.count) columns")
    }
    func cell(_ column: Int, _ text: String, _ tone: ReportTable.Tone = .plain) -> [String: Any] {
      let style = table.columns[column].isNumeric ? "number" : "word"
      return ["text": text, "style": tone == .plain ? style : "\(style) \(tone.rawValue)"]
    }
    func cell(_ column: Int, ofRow row: Int) -> [String: Any] {
      let isToned = row < table.tones.count && column < table.tones[row].count
      return cell(column, table.rows[row][column], isToned ? table.tones[row][column] : .plain)
    }
    return [
      "number": "\(number)", "caption": table.caption,
      "width": table.columns.count >= 6 ? "wide" : "plain",
      "heads": table.columns.indices.map { cell($0, table.columns[$0].head) },
      "rows": table.rows.indices.map { row -> [String: Any] in
        [
          "first": cell(0, ofRow: row),
          "cells": table.columns.indices.dropFirst().map { cell($0, ofRow: row) },
        ]
      },
    ]
  }
}
