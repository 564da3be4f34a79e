import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore

/// A network for a number of samples, in a form that something can be built on.
struct Network {
  /// The graph.
  let graph: Graph

  /// Its input and its scores.
  let parts: NetworkParts

  /// The raw scores, `[samples, classes, positions…]`, in a graph that begins with this one.
  func scores(in builder: GraphBuilder) -> Value { builder.value(parts.scores) }

  /// What a layer's value is of the input.
  ///
  /// - Throws: `ExplanationError` when the graph was made without it, or has no map of it.
  func views(of layers: [Layer]) throws(ExplanationError) -> [LayerView] {
    let layouts = graph.axisLayouts(
      of: parts.input, AxisLayout(canonical: graph[parts.input].shape))
    var views: [LayerView] = []
    for layer in layers {
      let value = try value(of: layer)
      guard let layout = layouts[value.index], layout.isPlaced else {
        throw ExplanationError(.unknownLayer, "layer \(layer.name) has no grid of positions")
      }
      views.append(LayerView(value: value, layout: layout))
    }
    return views
  }

  /// The value of a layer.
  ///
  /// - Throws: `ExplanationError` when the graph was made without it.
  func value(of layer: Layer) throws(ExplanationError) -> ValueID {
    guard let value = graph.value(named: layer.name) else {
      throw ExplanationError(.unknownLayer, "layer \(layer.name) is not in the network")
    }
    return value
  }
}

/// A layer as `[samples, channels, positions…]`, however its file lays it out.
struct LayerView {
  /// The value of the file.
  let value: ValueID

  /// What it is of the input.
  let layout: AxisLayout
}

extension Model {
  /// The network in a form.
  ///
  /// - Parameters:
  ///   - samples: For how many samples.
  ///   - form: In which form.
  ///   - layers: What is looked at, which therefore must survive.
  /// - Returns: The network.
  /// - Throws: What importing throws; `GraphError` or `ExplanationError`.
  func network(
    samples: Int, _ form: NetworkForm = .folded, keeping layers: [Layer] = []
  ) throws -> Network {
    try network(imports.imported(for: samples), form, keeping: layers)
  }

  /// An import of the network in a form.
  func network(
    _ imported: NetworkImport, _ form: NetworkForm, keeping layers: [Layer]
  ) throws -> Network {
    let graph = try form.graph(of: imported.model.graph, keeping: Set(layers.map(\.name)))
    return Network(graph: graph, parts: try NetworkParts(graph, name: name, inputName: inputName))
  }

  /// Throws unless every input has the shape that the network takes.
  func check(_ inputs: [Tensor]) throws(ExplanationError) {
    for (index, input) in inputs.enumerated() where input.shape != inputShape {
      throw ExplanationError(
        .unsuitableInput,
        "input \(index + 1) has shape \(input.shape); the network takes \(inputShape)")
    }
  }
}
