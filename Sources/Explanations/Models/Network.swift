import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore

/// A network for a number of samples, in a form that something can be built on.
struct Network {
  /// The graph.
  let graph: Graph

  /// Its inputs and its scores.
  let parts: NetworkParts

  /// The raw scores, `[samples, classes, positions…]`, in a graph that begins with this one.
  func scores(in builder: GraphBuilder) -> Value { builder.value(parts.scores) }

  /// What the values of layers are of an input; nil for those that are not placed on it.
  ///
  /// - Throws: `ExplanationError` when the graph was made without one.
  func layouts(of layers: [Layer], over input: Int) throws(ExplanationError) -> [AxisLayout?] {
    let value = parts.inputs[input]
    let all = graph.axisLayouts(of: value, AxisLayout(canonical: graph[value].shape))
    var layouts: [AxisLayout?] = []
    for layer in layers {
      let layout = all[try self.value(of: layer).index]
      layouts.append(layout.flatMap { $0.isPlaced ? $0 : nil })
    }
    return layouts
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
    return Network(graph: graph, parts: try NetworkParts(graph, name: name, inputs: inputs))
  }
}
