package import GraphIR
import GraphRewriting
import ONNXFormat
import TensorCore

extension NetworkInput {
  /// The inputs of an imported network, with what its operations make of their axes.
  ///
  /// - Parameter graph: The network as its file has it.
  /// - Returns: One for each input of the graph.
  package static func inputs(of graph: Graph) -> [NetworkInput] {
    let inputs = graph.inputs
    let layouts = inputs.map { graph.inputLayout(of: $0.value) }
    let samples = layouts.first { $0.sampleAxis != nil }?.sampleCount
    let outputs = graph.outputs.dropFirst().map { graph[$0.value].shape }
    return zip(inputs, layouts).enumerated().map { index, pair in
      let (input, layout) = pair
      let (axes, isRow) = InputAxes.axes(layout, samples: samples)
      return NetworkInput(
        name: input.name, shape: input.shape, layout: axes, isRow: isRow,
        isState: index > 0 && outputs.contains(input.shape))
    }
  }
}

extension InputAxes {
  /// The axes of a layout, and whether they are a row of numbers: features without positions.
  ///
  /// An axis of another extent than that of samples counts none: states of recurrent layers have their
  /// samples elsewhere.
  fileprivate static func axes(
    _ layout: AxisLayout, samples: Int?
  ) -> (axes: InputAxes, isRow: Bool) {
    let sample = layout.sampleAxis.flatMap { layout.sampleCount == samples ? $0 : nil }
    let placed = layout.axes.indices.compactMap { axis in
      layout.axes[axis].positions.first?.position.map { (axis: axis, position: $0.axis) }
    }
    let positions = placed.sorted { $0.position < $1.position }.map(\.axis)
    let features = layout.axes.indices.filter { $0 != sample && !positions.contains($0) }
    if !positions.isEmpty {
      return (InputAxes(sample: sample, channels: features, positions: positions), false)
    }
    let isRow = features.count <= 1
    return (
      InputAxes(
        sample: sample, channels: Array(features.prefix(isRow ? 0 : 1)),
        positions: Array(features.dropFirst(isRow ? 0 : 1))), isRow
    )
  }
}

extension Graph {
  /// The graph with inputs as the file of the network has them, in place of canonical ones.
  ///
  /// - Parameter inputs: The inputs of the network.
  /// - Returns: The graph itself where all layouts are canonical.
  /// - Throws: `GraphError`.
  package func fed(asFilesOf inputs: [NetworkInput]) throws(GraphError) -> Graph {
    if inputs.allSatisfy(\.layout.isCanonical) { return self }
    let builder = GraphBuilder()
    var canonical: [String: Value] = [:]
    var moved: Set<String> = []
    for (name, _, shape) in self.inputs {
      guard let input = inputs.first(where: { $0.name == name }), !input.layout.isCanonical else {
        canonical[name] = builder.input(name, shape: shape)
        continue
      }
      let whole = input.layout.shape(input.fileShape, samples: shape[0])
      canonical[name] = input.layout.canonical(builder.input(name, shape: whole))
      moved.insert(name)
    }
    let values = try builder.insert(self, inputs: canonical)
    for (name, value) in names where !moved.contains(name) {
      builder.name(values[value.index], name)
    }
    for output in outputs { builder.output(output.name, values[output.value.index]) }
    return try builder.finish().simplified()
  }
}

extension ImportedModel {
  /// The network with inputs in canonical layout, which are brought to that of the file.
  ///
  /// - Parameter inputs: The inputs of the network.
  /// - Returns: The network itself where all layouts are canonical.
  /// - Throws: `GraphError`.
  func viewed(through inputs: [NetworkInput]) throws(GraphError) -> ImportedModel {
    if inputs.allSatisfy(\.layout.isCanonical) { return self }
    let known = Dictionary(inputs.map { ($0.name, $0) }) { first, _ in first }
    let builder = GraphBuilder()
    var moved: [Value] = []
    for node in graph.nodes {
      if let label = (node.operation as? Input)?.label, let input = known[label] {
        let samples = input.layout.sample.map { node.shape[$0] } ?? 1
        let value = builder.input(label, shape: Shape([samples] + input.shape.extents))
        let asFile = input.layout.asFile(value, node.shape)
        if let name = node.name { builder.name(asFile, name) }
        moved.append(asFile)
      } else {
        let inputs = node.inputs.map { moved[$0.index] }
        moved.append(try builder.append(node.operation, inputs))
      }
    }
    for (name, value) in graph.names { builder.name(moved[value.index], name) }
    for output in graph.outputs { builder.output(output.name, moved[output.value.index]) }
    return ImportedModel(
      graph: try builder.finish(),
      layers: layers.map { layer in
        ImportedLayer(
          nodeName: layer.nodeName, operatorType: layer.operatorType, valueName: layer.valueName,
          value: moved[layer.value.index].id)
      }, values: values.mapValues { moved[$0.index].id }, refusedOutputs: refusedOutputs)
  }
}
