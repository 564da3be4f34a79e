package import GraphIR
import Operations
package import TensorCore

/// A tensor that a network learned.
package struct LearnedTensor: Sendable, Hashable {
  /// The name, unique in its section: that of the layer it belongs to with a number.
  package let name: String

  /// The numbers.
  package let tensor: Tensor

  /// Whether it weighs inputs, rather than shifting or scaling channels.
  package let isWeight: Bool
}

/// A part of a network, from a layer or the input up to a layer, whose learned numbers can be replaced.
///
/// Batch norms are folded into the layers before them, so their statistics stay as they were learned.
package struct NetworkSection: Sendable {
  /// What the section learned, in the order of the graph.
  package let learned: [LearnedTensor]

  /// The shape of what comes in, `[samples, channels, positions…]`.
  package let entranceShape: Shape

  private let graph: Graph
  private let entrance: ValueID
  private let exit: ValueID
  private let layouts: (entrance: AxisLayout, exit: AxisLayout)
  private let values: [ValueID]

  /// Takes a section out of a network.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - begin: The layer whose numbers come in; nil for the first input.
  ///   - end: The layer whose numbers come out.
  ///   - samples: For how many samples.
  /// - Throws: What importing throws; `GraphError` when the end does not depend on the beginning;
  ///   `ExplanationError` when other ways lead around the beginning, a layer has no grid of positions, or
  ///   numbers of the section are rounded.
  package init(
    _ model: Model, from begin: Layer?, to end: Layer, samples: Int
  ) throws {
    let network = try model.network(samples: samples, keeping: [begin, end].compactMap(\.self))
    graph = network.graph
    entrance = try begin.map { layer in try network.value(of: layer) } ?? network.parts.inputs[0]
    exit = try network.value(of: end)
    let input = AxisLayout(canonical: graph[network.parts.inputs[0]].shape)
    let found = try network.layouts(of: [begin ?? end, end], over: 0)
    guard let first = begin == nil ? input : found[0], let last = found[1] else {
      let name = found[1] == nil ? end.name : begin?.name ?? ""
      throw ExplanationError(.unknownLayer, "layer \(name) has no grid of positions")
    }
    layouts = (first, last)
    entranceShape = first.canonicalShape
    let cut = try GraphCut(graph, at: entrance, results: [exit])
    guard cut.dominates, !first.axes.contains(where: \.hasOthers) else {
      throw ExplanationError(
        .unknownLayer,
        "layer \(begin?.name ?? "of the input") does not carry all that \(end.name) is made of; choose "
          + "one at the end of a block")
    }
    guard !model.roundsNumbers else {
      throw ExplanationError(
        .unsuitableModel, "\(model.name) computes with rounded numbers, which cannot be trained")
    }
    (learned, values) = Self.learned(graph, behind: entrance, upTo: exit)
  }

  private static func learned(
    _ graph: Graph, behind entrance: ValueID, upTo exit: ValueID
  ) -> ([LearnedTensor], [ValueID]) {
    let isLearned = LearnedConstants(graph).isLearned
    let isBehind = graph.dependents(of: [entrance])
    let isNeeded = graph.ancestors(of: [exit])
    var (tensors, values): ([LearnedTensor], [ValueID]) = ([], [])
    for (index, node) in graph.nodes.enumerated()
    where isBehind[index] && isNeeded[index] && index != entrance.index {
      for input in node.inputs where isLearned[input.index] && !values.contains(input) {
        guard let constant = graph[input].operation as? Constant else { continue }
        let extents = constant.tensor.shape.extents
        tensors.append(
          LearnedTensor(
            name: "\(node.name ?? "layer").\(tensors.count)", tensor: constant.tensor,
            isWeight: extents.count { $0 > 1 } > 1))
        values.append(input)
      }
    }
    return (tensors, values)
  }

  /// Appends the section to a graph.
  ///
  /// - Parameters:
  ///   - activation: What comes in, `[samples, channels, positions…]`.
  ///   - parameter: What stands for something learned; of its shape.
  /// - Returns: What comes out, `[samples, channels, positions…]`; layers have the names of the network.
  /// - Throws: `GraphError` when a value does not have the shape of what it stands for.
  package func output(
    of activation: Value, parameter: (LearnedTensor) -> Value
  ) throws(GraphError) -> Value {
    var replacements = [entrance: layouts.entrance.asFile(activation)]
    for (value, tensor) in zip(values, learned) { replacements[value] = parameter(tensor) }
    return layouts.exit.canonical(
      try activation.builder.insert([exit], of: graph, replacing: replacements, keepsNames: true)[0]
    )
  }
}
