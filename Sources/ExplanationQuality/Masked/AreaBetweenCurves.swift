import Catalogs
import Explanations

/// By how much hiding the lowest positions first leaves more of the score than hiding the highest.
enum AreaBetweenCurves {
  static let entry = Metric(
    id: "abpc", title: "Area between curves",
    summary: "the deletion area with the lowest positions first, less that with the highest first",
    formula: "∫ (p without the last f·P of L − p without the first f·P of L) df",
    source: "Schulz et al. 2020, arXiv 2001.00396, degradation between both orders",
    topic: .faithfulness, direction: .up, bounds: (-1, 1), chance: "0", usesOrderOnly: true,
    parameters: [Parameter.steps, Parameter.fill, Parameter.blur],
    procedure: .masked(.difference(rows: { $0.hidingLast($1) }, less: { $0.hiding($1) })))
}
