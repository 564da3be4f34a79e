import GraphIR
import Operations

/// What of a value the scores depend on.
enum PlaceNeed: Int, Comparable {
  /// Nothing.
  case nothing
  /// Only what stands beside its places, such as class tokens.
  case others
  /// Its places.
  case places

  static func < (left: PlaceNeed, right: PlaceNeed) -> Bool { left.rawValue < right.rawValue }
}

/// What the scores depend on, value by value, found in one walk back.
struct PlaceDependence {
  /// One entry per node.
  private(set) var needs: [PlaceNeed]

  /// Whether everything that the scores learn of the places of the input passes through a value.
  private(set) var isPassage: [Bool]

  /// Whether a learned operation stands between the places of a value and the scores, before places
  /// have been brought together with others.
  private(set) var isBehindWeights: [Bool]

  /// Walks back from the scores.
  ///
  /// - Parameters:
  ///   - graph: The network.
  ///   - layouts: What each value is of the input; nil where it does not depend on it.
  ///   - scores: The scores.
  init(_ graph: Graph, _ layouts: [AxisLayout?], scores: ValueID) {
    var needs = [PlaceNeed](repeating: .nothing, count: graph.nodes.count)
    var lastUse = [Int](repeating: 0, count: graph.nodes.count)
    var isBehindWeights = [Bool](repeating: false, count: graph.nodes.count)
    needs[scores.index] = .places
    for index in stride(from: scores.index, through: 0, by: -1) where needs[index] > .nothing {
      let node = graph.nodes[index]
      guard let result = layouts[index], !node.inputs.isEmpty else { continue }
      let origins = graph.axes(of: ValueID(index))
      let isBehind = isBehindWeights[index] || graph.isLearned(node)
      for (input, source) in node.inputs.enumerated() {
        guard let layout = layouts[source.index] else { continue }
        let need = layout.need(for: result, needs[index], origins[input])
        needs[source.index] = max(needs[source.index], need)
        guard need == .places else { continue }
        lastUse[source.index] = max(lastUse[source.index], index)
        if isBehind { isBehindWeights[source.index] = true }
      }
    }
    self.needs = needs
    self.isBehindWeights = isBehindWeights
    isPassage = [Bool](repeating: false, count: needs.count)
    // The last node that uses places from before the current one.
    var reach = 0
    for index in needs.indices where layouts[index] != nil && needs[index] == .places {
      isPassage[index] = reach <= index
      reach = max(reach, lastUse[index])
    }
  }
}

extension Graph {
  /// Whether a node applies something learned.
  fileprivate func isLearned(_ node: Node) -> Bool {
    node.core?.parameterInputs.contains { input in
      input < node.inputs.count && self[node.inputs[input]].isConstant
    } == true
  }
}

extension AxisLayout {
  /// What of a value with this layout is needed for what is needed of a result.
  ///
  /// - Parameters:
  ///   - result: The layout of the result.
  ///   - need: What of the result is needed.
  ///   - origins: What its axes are of the value.
  /// - Returns: The most that is needed on this way.
  fileprivate func need(
    for result: AxisLayout, _ need: PlaceNeed, _ origins: [AxisOrigin]
  ) -> PlaceNeed {
    var least = PlaceNeed.places
    for (axis, origin) in origins.enumerated() {
      let indices: [Int]
      let source: Int
      switch origin {
      case .window(of: let seen, let window) where window.step == 1 && window.reach == 0:
        source = seen
        indices = result.axes[axis].indices(need).map { $0 + Int(window.offset) }
      case .selection(of: let seen, let list):
        source = seen
        indices = result.axes[axis].indices(need).map { list[$0] }
      case .repeated, .window, .regrouped, .summed, .coupled, .mixed: continue
      }
      guard !axes[source].positions.isEmpty else { continue }
      if indices.contains(where: axes[source].inside.contains) { continue }
      let isThere = indices.contains { (0..<axes[source].extent).contains($0) }
      least = min(least, isThere ? .others : .nothing)
    }
    return least
  }
}

extension AxisLayout.Axis {
  /// The indices that are needed: all, or those beside the places.
  fileprivate func indices(_ need: PlaceNeed) -> [Int] {
    need == .others && !positions.isEmpty && hasOthers
      ? (0..<extent).filter { !inside.contains($0) } : Array(0..<extent)
  }
}
