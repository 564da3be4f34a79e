import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// How masks on a grid are laid over an input.
struct MaskLayout: Hashable {
  let recipe: MaskRecipe
  /// The input that is masked.
  let input: NetworkInput
  let grid: [Int]
  let fields: [ReceptiveField]?
  let form: FormedScores
  /// Whether anybody asks for the least and the largest value of a mask.
  var tellsRange = true
}

/// What stands where masks hide an input.
struct FillKey: Hashable {
  let fill: InputFill
  let input: NetworkInput
}

/// What a map is combined for: an item of a plan, by its place, and the shape of its channels.
struct CombinationKey: Hashable {
  let item: PlanItem.Place
  let channels: Shape
}

/// What tells how masked inputs scored.
struct MaskScores: Sendable {
  /// The explained value of each masked input.
  let scores: OutputHandle
  /// The least value of each mask at the positions of the input, before it was brought to 0…1; nil where
  /// nobody asks.
  let least: OutputHandle?
  /// How far its largest lies above that; nil where nobody asks.
  let range: OutputHandle?
}

/// Builds the graphs that scoring masked inputs consists of.
struct ScoringGraphs: Sendable {
  let model: Model
  let upsampling: Upsampling

  /// The label of the input of a graph that takes one sample of a network's input.
  static func label(_ input: String) -> String { "input " + input }

  /// What stands where a mask hides an input, `[1, channels, positions…]`.
  func fill(_ key: FillKey) throws -> NetworkGraph<OutputHandle> {
    let builder = GraphBuilder()
    let input = single(key.input, builder)
    let output = builder.output(
      "fill", key.fill.value(of: input, spacing: model.spacing).broadcast(to: input.shape))
    return NetworkGraph(graph: try builder.finish().simplified(), results: output)
  }

  /// One sample of an input of the network.
  private func single(_ input: NetworkInput, _ builder: GraphBuilder) -> Value {
    builder.input(Self.label(input.name), shape: Shape([1] + input.shape.extents))
  }

  /// The network on masked inputs.
  ///
  /// Inputs: those of the network and `fill` `[1, channels, positions…]`, `masks`
  /// `[masks, 1, grid…]`, and how much each score counts, `target` `[1, classes, positions…]`.
  func scores(_ layout: MaskLayout, masks count: Int) throws -> NetworkGraph<MaskScores> {
    let builder = GraphBuilder()
    let input = single(layout.input, builder)
    let maps = builder.input("masks", shape: Shape([count, 1] + layout.grid)).aligned(
      to: input.shape.positions, fields: layout.fields, upsampling)
    let axes = AxisSelection.axes(Array(1..<input.shape.rank))
    let least = maps.minimum(over: axes)
    let range = maps.maximum(over: axes) - least
    let masks =
      layout.recipe.normalizesMasks
      ? (maps - least) / range.isGreater(than: 0).choosing(range, else: builder.constant(1)) : maps
    var shown = [layout.input.name: masks * input]
    if layout.recipe.fill != .zero {
      let fill = builder.input("fill", shape: input.shape)
      shown[layout.input.name] = fill + masks * (input - fill)
    }
    for other in model.inputs where other != layout.input {
      shown[other.name] = single(other, builder).broadcast(to: Shape([count] + other.shape.extents))
    }
    let network = try model.network(samples: count)
    let values = try builder.insert(network.graph, inputs: shown)
    let scores = values[network.parts.scores.index]
    let target = builder.input("target", shape: scores.shape.replacing(0, with: 1))
    let explained = (layout.form.of(scores, model.activation) * target)
      .sum(over: .axes(Array(1..<scores.shape.rank)))
    let told = { (name: String, value: Value) in
      layout.tellsRange ? builder.output(name, value.reshaped(to: [count])) : nil
    }
    let results = MaskScores(
      scores: builder.output("scores", explained.reshaped(to: [count])),
      least: told("least", least), range: told("range", range))
    return NetworkGraph(graph: try builder.finish().simplified(), results: results)
  }

  /// Channels `maps` and `summed` `[1, channels, positions…]` to one map, by `weights`, `least` and
  /// `scale` `[1, channels, 1…]`.
  func combination(
    _ item: PlanItem, _ scoring: MaskScoring, channels shape: Shape
  ) throws -> NetworkGraph<MapOutputs> {
    let builder = GraphBuilder()
    let full = Shape([1] + shape.extents)
    let column = Shape([1, shape[0]] + full.positions.map { _ in 1 })
    let maps = builder.input("maps", shape: full)
    let least = builder.input("least", shape: column)
    let combination = MaskCombination(
      maps: maps, masks: (maps - least) * builder.input("scale", shape: column),
      summed: builder.input("summed", shape: full),
      weights: builder.input("weights", shape: column))
    let map = scoring.combined(combination, item.method.settings)
    let results = MapOutputs(map, of: item, upsampling)
    return NetworkGraph(graph: try builder.finish().simplified(), results: results)
  }
}

extension Model {
  /// The units of the axis of a spectrum between two positions; 1 where they are not known.
  var spacing: Double {
    guard let positions = information.axisPositions, positions.count > 1,
      let first = positions.first, let last = positions.last, last != first,
      inputs[0].positions.count == 1
    else { return 1 }
    return abs(last - first) / Double(positions.count - 1)
  }
}
