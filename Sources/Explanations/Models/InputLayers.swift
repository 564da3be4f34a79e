import ONNXFormat
import TensorCore

/// The layers of a network as each of its inputs sees them: where they lie over its positions, and
/// which of them is the last stage of what is made of it.
struct InputLayers: Sendable {
  /// For every input the layers in the order of the file.
  let byInput: [[Layer]]

  /// Finds the layers.
  init(_ imported: ImportedModel, inputs: [NetworkInput], _ parts: NetworkParts) {
    byInput = zip(inputs, parts.inputs).map { input, value in
      let layers = LayerDiscovery(imported, input: value, scores: parts.scores).layers
      return layers.map { layer in
        var layer = layer
        if layer.isMappable, let fields = layer.receptiveFields {
          layer.fieldsByInput = [input.name: fields]
        }
        return layer
      }
    }
  }

  /// The layers in the order of the file, each with all that the inputs say of it.
  var merged: [Layer] {
    guard var merged = byInput.first else { return [] }
    for others in byInput.dropFirst() {
      merged = zip(merged, others).map { $0.joined(with: $1) }
    }
    return merged
  }

  /// The indices of the ends of stages, of all inputs or of one.
  func stageEnds(of input: Int?) -> [Int] {
    let lists = input.map { [byInput[$0]] } ?? byInput
    return Set(lists.flatMap(\.stageEndIndices)).sorted()
  }
}

extension Layer {
  /// The layer with what another input sees of it.
  fileprivate func joined(with other: Layer) -> Layer {
    var joined = isMappable || !other.isMappable ? self : other
    joined.fieldsByInput = fieldsByInput.merging(other.fieldsByInput) { first, _ in first }
    joined.isDefault = isDefault || other.isDefault
    return joined
  }
}
