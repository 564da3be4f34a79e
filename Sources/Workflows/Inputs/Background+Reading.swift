import Explanations
import ImageData
import SpectralData
import TensorCore

extension Background {
  /// What a network's inputs are compared with: what its file says, and files that a user names.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - paths: Files and folders of inputs whose mean is taken; none takes what the network knows.
  ///   - unit: What positions of spectra are measured in, where their files do not say.
  ///   - keepsSamples: Whether some of the inputs are kept, besides their mean.
  /// - Throws: What is wrong with a file; `WorkflowError` where the network takes several inputs.
  init(
    _ model: Model, files paths: [String], unit: AxisUnit?, keepsSamples: Bool = false
  ) throws {
    self.init(model)
    let input = model.inputs[0]
    if InputKind(input) == .picture,
      let settings = try? PictureSettings(model.information, shape: input.shape).preprocessing
    {
      let black = (0..<input.shape[0]).map { channel in
        let mean = settings.mean[settings.mean.count > channel ? channel : 0]
        let scale = settings.scale[settings.scale.count > channel ? channel : 0]
        return -mean / scale
      }
      self.black = Tensor(shape: [black.count, 1, 1], elements: black)
    }
    guard !paths.isEmpty else { return }
    guard model.inputs.count == 1 else {
      throw WorkflowError(
        .invalidSetting,
        "a background is of one input, and \(model.name) takes \(model.inputs.summary)")
    }
    let reader = try InputReader(model, input, InputSettings(unit: unit))
    let drawn = try Self.draw(from: paths, reader, input, count: keepsSamples ? 100 : 0)
    (mean, samples) = (drawn.mean, drawn.samples)
    classMeans = []
  }

  /// The mean of the inputs in files, and some of them, of which all are equally likely.
  private static func draw(
    from paths: [String], _ reader: InputReader, _ input: NetworkInput, count greatest: Int
  ) throws -> (mean: Tensor, samples: [Tensor]) {
    var failures: [InputFailure] = []
    let files = InputFiles(kind: reader.kind).expanded(paths) { failures.append($0) }
    if let failure = failures.first {
      throw WorkflowError(.unreadable, "--background: \(failure.message)")
    }
    var sums = [Double](repeating: 0, count: input.shape.elementCount)
    var count = 0.0
    var samples: [Tensor] = []
    var generator = SplitMix64(seed: 0)
    for file in files {
      for found in try reader.inputs(in: file, note: { _ in }) {
        count += 1
        // Vitter 1985: whoever comes takes the place of one that is kept as likely as they all are.
        let place = samples.count < greatest ? samples.count : generator.next(below: Int(count))
        if place == samples.count, place < greatest {
          samples.append(found.tensor)
        } else if place < samples.count {
          samples[place] = found.tensor
        }
        for (index, value) in found.tensor.elements.enumerated() { sums[index] += Double(value) }
      }
    }
    let mean = Tensor(shape: input.shape, elements: sums.map { Float($0 / max(count, 1)) })
    return (mean, samples)
  }
}
