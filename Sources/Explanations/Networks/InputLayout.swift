package import GraphIR
import Operations
import TensorCore

extension Graph {
  /// The layout of an input, by what the first learned operation behind it does with it.
  ///
  /// A convolution adds up over channels and slides over positions, a linear layer adds up over
  /// features. The axes of the input that are added up, and only that, are its channels; the first
  /// axis holds samples unless the operation slides over it; all others are positions. Where no
  /// operation tells, the input is `[samples, channels, positions…]`.
  ///
  /// - Parameter input: An input of the graph.
  /// - Returns: What its axes are.
  package func inputLayout(of input: ValueID) -> AxisLayout {
    let shape = self[input].shape
    let roles = firstUse(of: input)
    let positions = roles?.positions.sorted() ?? []
    guard let roles, positions.reduce(1, { $0 * shape[$1] }) > 1 else {
      return AxisLayout(canonical: shape)
    }
    return AxisLayout(shape, samples: roles.hasSamples ? 0 : nil, positions: positions)
  }

  /// What the first learned operation makes of the axes of an input; nil when there is none.
  private func firstUse(of input: ValueID) -> InputRoles? {
    let shape = self[input].shape
    var layouts: [AxisLayout?] = Array(repeating: nil, count: input.index)
    layouts.append(AxisLayout(shape, samples: nil, positions: Array(0..<shape.rank)))
    for index in nodes.indices.dropFirst(input.index + 1) {
      let value = ValueID(index)
      if let roles = InputRoles(self, value, layouts, rank: shape.rank) { return roles }
      layouts.append(axisLayout(of: value, layouts))
    }
    return nil
  }
}

/// What a learned operation makes of the axes of an input.
private struct InputRoles {
  /// The axes that are neither channels nor samples.
  private(set) var positions: Set<Int> = []

  /// Whether the first axis holds samples.
  private(set) var hasSamples = true

  /// Looks at one operation; nil when it is not learned, or does not see the input.
  ///
  /// - Parameters:
  ///   - graph: The network.
  ///   - value: What the operation computes.
  ///   - layouts: What the values before it are, all axes of the input taken for positions.
  ///   - rank: How many axes the input has.
  init?(_ graph: Graph, _ value: ValueID, _ layouts: [AxisLayout?], rank: Int) {
    let node = graph[value]
    let learned = node.core?.parameterInputs ?? []
    let isData = { (input: Int) in layouts[node.inputs[input].index] != nil }
    guard let data = node.inputs.indices.first(where: isData),
      let layout = layouts[node.inputs[data].index],
      let weights = learned.first(where: {
        $0 != data && $0 < node.inputs.count && graph[node.inputs[$0]].isConstant
      })
    else { return nil }
    let origins = graph.axes(of: value)
    // An axis of the result that counts outputs of the weights was made by adding up channels, or of
    // channels one by one.
    let outputs = origins[weights].indices.filter { origins[weights][$0].isOneAxis }
    let added = outputs.flatMap { origins[data][$0].addedAxes }
    let channels = Set(added.isEmpty ? outputs.flatMap { origins[data][$0].chosenAxes } : added)
    let outside = layout.axes.indices.filter { !channels.contains($0) }
    let told = { (axes: [Int]) in
      Set(axes.flatMap { layout.axes[$0].factors }.compactMap { $0.position?.axis })
    }
    positions = told(outside)
    let isSeen = told(Array(layout.axes.indices)).contains(0)
    hasSamples = !isSeen || told(outside.filter { $0 == 0 }).contains(0)
    if hasSamples { positions.remove(0) }
  }
}

extension AxisOrigin {
  /// Whether it is one axis of an input, index by index.
  fileprivate var isOneAxis: Bool {
    if case .window(_, let window) = self { window == .identity } else { false }
  }

  /// The axes that are added up.
  fileprivate var addedAxes: [Int] { if case .mixed(let axes) = self { axes } else { [] } }

  /// The axes whose indices are seen one by one.
  fileprivate var chosenAxes: [Int] {
    switch self {
    case .window(of: let axis, _), .selection(of: let axis, _): [axis]
    case .repeated, .summed, .coupled, .regrouped, .mixed: []
    }
  }
}
