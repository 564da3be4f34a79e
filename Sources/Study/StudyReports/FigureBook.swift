public import Figures
import Reports
import StudyFigures

/// A figure of a study, for files beside the report.
public struct StudyFigure: Sendable {
  /// The name of its files without an ending: letters, digits and hyphens.
  public let name: String

  /// What draws it.
  public let figure: any Figure

  /// The bytes of an SVG file.
  public let graphic: [UInt8]
}

/// Draws the figures of a report and keeps them.
struct FigureBook {
  private(set) var figures: [StudyFigure] = []

  /// What the names of figures begin with, so that those of several chapters differ.
  var prefix = ""

  /// Draws a figure.
  ///
  /// - Returns: The figure for a report.
  /// - Throws: `FigureError` when the drawing library fails.
  mutating func add(
    _ name: String, _ figure: any Figure, caption: String, alternative: String
  ) throws -> ReportBlock {
    let name = prefix + name
    let graphic = try figure.scalableGraphic(in: prefix)
    figures.append(StudyFigure(name: name, figure: figure, graphic: graphic))
    return .figure(
      ReportFigure(name: name, graphic: graphic, caption: caption, alternative: alternative))
  }
}
