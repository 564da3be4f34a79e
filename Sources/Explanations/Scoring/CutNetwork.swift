import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// A network for a number of samples that is cut at a layer.
struct CutNetwork {
  private let network: Network
  private let cut: GraphCut

  /// What the axes of the layer are; nil where its numbers have no places on an input.
  private let layout: AxisLayout?

  /// Cuts a network.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - layer: Where.
  ///   - input: The input that the layer's positions are seen over; nil takes the first there is.
  ///   - samples: How many samples there are.
  /// - Throws: What importing throws; `GraphError` when scores do not depend on the layer;
  ///   `ExplanationError` when samples cannot be told apart in it.
  init(
    _ model: Model, at layer: Layer, over input: NetworkInput? = nil, samples: Int
  ) throws {
    network = try model.network(samples: samples, keeping: [layer])
    cut = try GraphCut(
      network.graph, at: try network.value(of: layer), results: [network.parts.scores])
    let seen = model.inputs.firstIndex { other in
      input.map { $0 == other } ?? (layer.receptiveFields(over: other) != nil)
    }
    layout = try network.layouts(of: [layer], over: seen ?? 0)[0]
    guard layout != nil || samples == 1 else {
      throw ExplanationError(
        .unknownLayer, "the numbers of layer \(layer.name) cannot be told apart by samples")
    }
  }

  /// Whether samples can be told apart in the layer.
  var isPlaced: Bool { layout != nil }

  /// Whether the activation alone does not determine the scores.
  var needsOthers: Bool { !beside.isEmpty }

  /// The shape of the activation of all samples, `[samples, channels, positions…]`; where it has no
  /// places, one sample and the axes of the file.
  private var shape: Shape {
    layout?.canonicalShape ?? Shape([1] + network.graph[cut.value].shape.extents)
  }

  /// What is needed besides the activation: what lies beside the cut, and where some of the
  /// layer's numbers have no place, the layer itself.
  private var beside: [ValueID] {
    let keepsOthers = layout?.axes.contains(where: \.hasOthers) == true
    return cut.bypasses + (keepsOthers ? [cut.value] : [])
  }

  /// The activation, of the inputs of the network.
  func activation() throws -> NetworkGraph<OutputHandle> {
    let builder = GraphBuilder(network.graph)
    builder.removeOutputs()
    let value = builder.value(cut.value)
    let view = layout?.canonical(value) ?? value.reshaped(to: shape)
    let output = builder.output("activation", view)
    return NetworkGraph(graph: try builder.finish().simplified(), results: output)
  }

  /// The values that are needed besides the activation, of the inputs of the network.
  func besides() throws -> NetworkGraph<[OutputHandle]> {
    let builder = GraphBuilder(network.graph)
    builder.removeOutputs()
    let outputs = beside.enumerated().map {
      builder.output(Self.label($0), builder.value($1))
    }
    return NetworkGraph(graph: try builder.finish().simplified(), results: outputs)
  }

  /// The raw scores, of the activation and of what else is needed.
  func tail() throws -> NetworkGraph<OutputHandle> {
    let builder = GraphBuilder()
    let scores = try scores(of: builder.input(Self.activationLabel, shape: shape))
    let output = builder.output("scores", scores)
    return NetworkGraph(graph: try builder.finish().simplified(), results: output)
  }

  /// The explained value, `[samples]`, of one activation times the factors of each sample, `factors`
  /// `[samples, channels or 1, positions or 1…]`, of how much each score counts, `target`
  /// `[1, classes, positions…]`, and of what else is needed.
  func explained(
    _ form: FormedScores, _ activation: TrailingActivation, factors: Shape
  ) throws -> NetworkGraph<OutputHandle> {
    let builder = GraphBuilder()
    let one = builder.input(Self.activationLabel, shape: shape.replacing(0, with: 1))
    let factors = builder.input(Self.factorsLabel, shape: Shape([shape[0]] + factors.extents))
    let scores = try scores(of: (factors * one).broadcast(to: shape))
    let target = builder.input("target", shape: scores.shape.replacing(0, with: 1))
    let explained = (form.of(scores, activation) * target)
      .sum(over: .axes(Array(1..<scores.shape.rank)))
    let output = builder.output("explained", explained.reshaped(to: [shape[0]]))
    return NetworkGraph(graph: try builder.finish().simplified(), results: output)
  }

  /// The raw scores of an activation of all samples, `[samples, channels, positions…]`, with what lies
  /// beside it as further inputs.
  private func scores(of activation: Value) throws -> Value {
    let (builder, graph) = (activation.builder, network.graph)
    var values: [ValueID: Value] = [:]
    for (index, id) in beside.enumerated() {
      values[id] = builder.input(Self.label(index), shape: graph[id].shape)
    }
    let whole = values[cut.value] ?? activation
    values[cut.value] =
      layout?.replacing(whole, by: activation)
      ?? activation.reshaped(to: graph[cut.value].shape)
    return try builder.insert(cut.results, of: graph, replacing: values)[0]
  }

  /// The name of the activation as an input.
  static let activationLabel = "activation"

  /// The name of what it is multiplied by.
  static let factorsLabel = "factors"

  /// The name of a value besides it.
  static func label(_ index: Int) -> String { "beside \(index)" }
}
