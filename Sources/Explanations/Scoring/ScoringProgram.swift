import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore

/// How masks on a grid are laid over an input.
struct MaskLayout: Hashable {
  let recipe: MaskRecipe
  let grid: [Int]
  let fields: [ReceptiveField]?
}

/// The graphs that scoring masked inputs consists of.
enum ScoringProgram: Hashable {
  /// What stands where a mask hides the input.
  case fill(InputFill)
  /// The network on so many masked inputs.
  case scores(MaskLayout, batch: Int)
  /// Channels `[channels, positions…]` to one map.
  case combination(PlanItem, Shape)

  /// The graph.
  ///
  /// - Throws: What importing the network and building the graph throw.
  func graph(_ model: Model, _ plan: ExplanationPlan) throws -> Graph {
    let builder = GraphBuilder()
    switch self {
    case .fill(let fill):
      let input = builder.input("input", shape: Shape([1] + model.inputShape.extents))
      builder.output(
        "fill", fill.value(of: input, spacing: model.spacing).broadcast(to: input.shape))
    case .scores(let layout, let batch): try addScores(builder, layout, batch, model, plan)
    case .combination(let item, let shape): addCombination(builder, item, shape, model, plan)
    }
    return try builder.finish().simplified()
  }

  /// Inputs: `input` and `fill` `[1, channels, positions…]`, `masks` `[batch, 1, grid…]`; outputs:
  /// `scores` `[batch, scores]`, and of each mask at the positions of the input the `least` value
  /// and the `range`.
  private func addScores(
    _ builder: GraphBuilder, _ layout: MaskLayout, _ batch: Int, _ model: Model,
    _ plan: ExplanationPlan
  ) throws {
    let single = Shape([1] + model.inputShape.extents)
    let input = builder.input("input", shape: single)
    let maps = builder.input("masks", shape: Shape([batch, 1] + layout.grid)).aligned(
      to: single.positions, fields: layout.fields, plan.upsampling)
    let axes = AxisSelection.axes(Array(1..<single.rank))
    let least = maps.minimum(over: axes)
    let range = maps.maximum(over: axes) - least
    let masks = (maps - least) / range.isGreater(than: 0).choosing(range, else: builder.constant(1))
    var shown = masks * input
    if layout.recipe.fill != .zero {
      let fill = builder.input("fill", shape: single)
      shown = fill + masks * (input - fill)
    }
    let network = try model.imported(batch: batch).graph.canonicalized()
    let parts = try Parts(network, name: model.file.name, inputName: model.inputName)
    let values = try builder.insert(network, inputs: [model.inputName: shown])
    let scores = values[parts.scores.index].reshaped(to: [batch, parts.scoreCount])
    let isRaw = parts.scoreCount == 1 && parts.activation == .none
    builder.output(
      "scores",
      try TargetSeeds(scores: scores).formed(
        isRaw ? .logit : layout.recipe.form, activation: parts.activation))
    builder.output("least", least.reshaped(to: [batch]))
    builder.output("range", range.reshaped(to: [batch]))
  }

  private func addCombination(
    _ builder: GraphBuilder, _ item: PlanItem, _ shape: Shape, _ model: Model,
    _ plan: ExplanationPlan
  ) {
    let chosen = plan.methods[item.method]
    guard case .masks(let scoring) = chosen.method.procedure else { return }
    let full = Shape([1] + shape.extents)
    let column = Shape([1, shape[0]] + full.positions.map { _ in 1 })
    let maps = builder.input("maps", shape: full)
    let least = builder.input("least", shape: column)
    let combination = MaskCombination(
      maps: maps, masks: (maps - least) * builder.input("scale", shape: column),
      summed: builder.input("summed", shape: full),
      weights: builder.input("weights", shape: column))
    let map = scoring.combined(combination, chosen.settings)
    builder.output("map", map.withoutChannels)
    builder.output(
      "aligned",
      map.aligned(to: model.positions, fields: plan.fields(item), plan.upsampling)
        .withoutChannels)
  }
}

extension Model {
  /// The extents of the axes of positions of an input.
  var positions: [Int] { Array(inputShape.extents.dropFirst()) }

  /// The units of the axis of a spectrum between two positions; 1 where they are not known.
  var spacing: Double {
    guard let positions = information.axisPositions, positions.count > 1,
      let first = positions.first, let last = positions.last, last != first,
      self.positions.count == 1
    else { return 1 }
    return abs(last - first) / Double(positions.count - 1)
  }
}
