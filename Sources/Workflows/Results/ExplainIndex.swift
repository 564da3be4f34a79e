import Explanations
import Figures
import Foundation
import Reports

/// The page that shows what was explained in many pictures.
struct ExplainIndex: Sendable {
  /// What it is called.
  static let fileName = "index.html"

  /// How many pictures are looked through without it.
  static let greatestCountWithout = 12

  let model: Model
  let plan: ExplanationPlan

  /// Writes the page.
  ///
  /// - Parameters:
  ///   - entries: What is done, in the order of the files.
  ///   - failures: What is not.
  ///   - folder: Where the results are.
  /// - Returns: The path of the page.
  /// - Throws: What is wrong with the folder; `ReportError`.
  func write(
    _ entries: [RunRecord.Entry], _ failures: [InputFailure], to folder: OutputFolder
  ) throws -> String {
    let methods = plan.methods.map(\.method.title).joined(separator: ", ")
    let gallery = Gallery(
      title: "\(FigureText.modelName(model)): \(entries.count) pictures explained",
      subtitle: methods, items: entries.flatMap(items), failures: failures.map(\.message),
      footer: "Vitrine \(VitrineVersion.text). Colors are relative to each picture's highest value."
    )
    return try folder.write(Data(GalleryPage(gallery).text().utf8), to: Self.fileName)
  }

  private func items(_ entry: RunRecord.Entry) -> [Gallery.Item] {
    zip(entry.explained.explanations, entry.thumbnails).map { explanation, thumbnail in
      let score =
        explanation.probability.map(FigureText.percent)
        ?? NumberText.short(Double(explanation.explainedScore))
      let place = explanation.layer.map { FileNames.short(layer: $0) } ?? "input"
      let details = [
        plan.methods.count > 1 ? explanation.method : nil, plan.layers.count > 1 ? place : nil,
        explanation.isEmpty ? "nothing to show" : nil,
      ]
      return Gallery.Item(
        finding: explanation.target,
        score: Double(explanation.probability ?? explanation.explainedScore), scoreText: score,
        name: entry.explained.input.split(separator: "/").suffix(2).joined(separator: "/"),
        detail: details.compactMap(\.self).joined(separator: " \u{B7} "), thumbnail: thumbnail,
        link: explanation.files.first { $0.hasSuffix(".png") } ?? explanation.files.first)
    }
  }
}
