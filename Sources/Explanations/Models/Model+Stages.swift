extension Model {
  /// The ends of the network's stages, from the input to the default layer: of every resolution the
  /// last layer that has a map and that everything passes through.
  ///
  /// The last stage ends with the default layer, as behind it lie poolings and maps of class scores.
  /// Layers on branches are taken only where a network has no others.
  public var stageEnds: [Layer] { layers.stageEnds }

  /// The layers that a user means.
  ///
  /// - Parameter name: `all` for every layer that has a map, `stages` for the ends of stages, else one
  ///   layer as `layer(_:)` finds it; a layer with such a name is meant itself.
  /// - Returns: At least one layer.
  /// - Throws: `ExplanationError` with the nearest names when there is none.
  public func layers(named name: String) throws(ExplanationError) -> [Layer] {
    let isOne = layers.contains { $0.name == name || $0.nodeName == name }
    let several =
      switch name {
      case "all" where !isOne: layers.filter { $0.isMappable && !$0.isRearrangement }
      case "stages" where !isOne: stageEnds
      default: [try layer(name)]
      }
    return several.isEmpty ? [try layer("default")] : several
  }
}

extension [Layer] {
  /// The last layer of each run of equal positions, up to the default layer.
  var stageEnds: [Layer] {
    guard let final = lastIndex(where: \.isDefault) else { return [] }
    let mappable = self[..<final].filter { $0.isMappable && !$0.isRearrangement }
    let passages = mappable.filter(\.isPassage)
    let candidates = (passages.isEmpty ? mappable : passages) + [self[final]]
    return candidates.indices.compactMap { index in
      let layer = candidates[index]
      guard index + 1 < candidates.count else { return layer }
      return layer.gridExtents == candidates[index + 1].gridExtents ? nil : layer
    }
  }
}
