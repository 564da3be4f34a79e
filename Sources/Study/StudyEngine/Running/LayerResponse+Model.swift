import Explanations
import TensorCore

extension LayerResponse {
  /// What layers make of spectra, from the first to the last: all rectified ones that everything
  /// passes through, or all where a linear path leads past them, or the ends of the stages where those
  /// are many.
  static func all(
    of model: Model, subjects: [(name: String, spectrum: [Float])]
  ) throws -> [LayerResponse] {
    let found = model.layers.filter { $0.isMappable && $0.isRectified }
    let passages = found.filter(\.isPassage)
    let rectified = passages.isEmpty ? found : passages
    let layers = (1...6).contains(rectified.count) ? rectified : model.stageEnds
    let reader = try ActivationReader(model, layers: layers, batch: subjects.count)
    let samples = try reader.activations(
      subjects.map { Tensor(shape: [1, $0.spectrum.count], elements: $0.spectrum) })
    return layers.indices.flatMap { layer in
      zip(subjects, samples).map { subject, sample in
        let positions = [subject.spectrum.count]
        let channels = (0..<sample[layer].shape[0]).map { channel in
          layers[layer].aligned(sample[layer].part(channel), to: positions, .receptiveField)
            .elements.map(Double.init)
        }
        return LayerResponse(
          name: layers[layer].name, subject: subject.name, channels: channels)
      }
    }
  }
}
