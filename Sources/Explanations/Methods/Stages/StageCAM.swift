import Catalogs
import GraphIR
import Operations
import TensorCore

/// Stage CAM: the map of the last stage, modulated by the relevance of finer ones.
///
/// `C / max C · (1 + λ E / max E)`. `C` is a map of the last stage, which says how far what is explained
/// reaches; `E` is the positive relevance at the ends of finer stages, each divided by its sum, brought to
/// the input, added and blurred: it says where within that the evidence lies.
enum StageCAM {
  enum Base: String, CaseIterable {
    case gradCAM = "grad-cam"
    case layerCAM = "layer-cam"
    case relevanceMap = "relevance-map"
  }

  enum Finer: String, CaseIterable { case all, two, middle, first }

  static let base = Parameter(
    "base", "the map of the last stage that is modulated", standard: Base.gradCAM)

  static let strength = Parameter(
    "strength", "how much the relevance of finer stages adds to the map of the last",
    standard: 2, .number(0...1000))

  static let finer = Parameter(
    "finer",
    "which stages before the last: all; two, one of the early and one of the middle; one in the middle; "
      + "or the first",
    standard: Finer.all)

  static let blur = Parameter(
    "blur", "standard deviation under which relevance is blurred, in shares of the shortest axis",
    standard: 0.036, .number(0...1))

  static let entry = ExplanationMethod(
    id: "stage-cam", title: "Stage CAM",
    summary: "the map of the last stage, modulated by the relevance of finer stages",
    source: "this project; relevance after Bach et al. 2015 (PLoS ONE 10(7), e0130140)",
    use:
      "For pictures: as far as the last stage reaches, and within that where the evidence of finer stages "
      + "lies. At the positions of the input.",
    kind: .attribution,
    parameters: [
      base, strength, finer, blur, Parameter.contrast, Parameter.reference, Parameter.composite,
      Parameter.bias,
    ],
    startsAtRawScores: true, joinsStages: true, procedure: .graph(map))

  @Sendable private static func map(_ site: MethodSite, _ settings: Settings) -> Value {
    let stages = site.stages.isEmpty ? [MethodStage(site) { $0 }] : site.stages
    let last = stages[stages.count - 1]
    let reach = last.aligned(reach(last.site, settings).rectified).dividedByMaximum
    let maps = chosen(stages.dropLast(), settings[finer]).map { stage in
      let map = stage.site.relevance(settings).sum(over: .channels).rectified
      return stage.aligned(map.dividedBySum)
    }
    guard let first = maps.first else { return reach }
    let shortest = reach.shape.positions.filter { $0 > 1 }.min() ?? 1
    let evidence = maps.dropFirst().reduce(first) { $0 + $1 }
      .blurred(settings[blur] * Double(shortest)).dividedByMaximum
    let builder = reach.builder
    return reach * (builder.constant(1) + evidence * builder.constant(Float(settings[strength])))
  }

  private static func reach(_ site: MethodSite, _ settings: Settings) -> Value {
    switch settings[base] {
    case .gradCAM: (GradCAM.weights(site) * site.activation).sum(over: .channels)
    case .layerCAM: LayerCAM.map(site)
    case .relevanceMap: site.relevance(settings).sum(over: .channels)
    }
  }

  private static func chosen(_ stages: ArraySlice<MethodStage>, _ finer: Finer) -> [MethodStage] {
    let stages = Array(stages)
    guard stages.count > 1 else { return stages }
    let (first, middle) = (stages[0], stages[stages.count / 2])
    return switch finer {
    case .all: stages
    case .two: [first, middle]
    case .middle: [middle]
    case .first: [first]
    }
  }
}
