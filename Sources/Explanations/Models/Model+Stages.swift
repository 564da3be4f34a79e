extension Model {
  /// The ends of the network's stages, from the input to the default layer: of every resolution the
  /// last layer that has a map and that everything passes through.
  ///
  /// The last stage ends with the default layer, as behind it lie poolings and maps of class scores.
  /// Layers on branches are taken only where a network has no others. Of several inputs the stages of
  /// each are meant.
  public var stageEnds: [Layer] { inputLayers.stageEnds(of: nil).map { layers[$0] } }

  /// Why the default layer is not a later one, as a sentence; nil where nothing later is in question.
  package var reasonForEarlyDefault: String? {
    guard let index = layers.lastIndex(where: \.isDefault) else { return nil }
    let hidden = layers[(index + 1)...].first { $0.obstacle?.hidesStage == true }
    return hidden.flatMap { layer in
      layer.obstacle.map { "later layers have no map: of \(layer.name), \($0.reason)" }
    }
  }

  /// The layers that a user means.
  ///
  /// - Parameter name: `all` for every layer that has a map, `stages` for the ends of stages, `default`
  ///   for the last stage of each input, else one layer as `layer(_:)` finds it; a layer with such a
  ///   name is meant itself.
  /// - Returns: At least one layer.
  /// - Throws: `ExplanationError` with the nearest names when there is none.
  public func layers(named name: String) throws(ExplanationError) -> [Layer] {
    let isOne = layers.contains { $0.name == name || $0.nodeName == name }
    let several =
      switch name {
      case "all" where !isOne: layers.filter { $0.isMappable && !$0.isRearrangement }
      case "stages" where !isOne: stageEnds
      case "default" where !isOne: layers.filter(\.isDefault)
      default: [try layer(name)]
      }
    return several.isEmpty ? [try layer("default")] : several
  }
}

extension [Layer] {
  /// The last layer of each run of equal positions, up to the default layer.
  var stageEnds: [Layer] { stageEndIndices.map { self[$0] } }

  /// The places of these.
  var stageEndIndices: [Int] {
    guard let final = lastIndex(where: \.isDefault) else { return [] }
    let mappable = self[..<final].indices.filter {
      self[$0].isMappable && !self[$0].isRearrangement
    }
    let passages = mappable.filter { self[$0].isPassage }
    let candidates = (passages.isEmpty ? mappable : passages) + [final]
    return zip(candidates, candidates.dropFirst().map(Optional.some) + [nil])
      .compactMap { place, next in
        next.map { self[$0].gridExtents } == self[place].gridExtents ? nil : place
      }
  }
}
