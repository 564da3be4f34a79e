import GraphExecution
import GraphIR
import TensorCore

/// Makes what stands for hidden parts of inputs, where that is the same for all masks.
final class RowFills: Sendable {
  private let programs = ProgramStore<FillKey, OutputHandle>()
  private let model: Model
  private let options: ProgramOptions
  private let lane: ExecutionLane

  init(_ model: Model, options: ProgramOptions, lane: ExecutionLane) {
    self.model = model
    self.options = options
    self.lane = lane
  }

  /// The fill of a sample's input, `[channels, positions…]`.
  ///
  /// - Throws: `ExplanationError` where it is not known.
  func value(_ fill: RowFill, of sample: MaskedSample) throws -> [Float] {
    guard let input = sample.inputs[sample.input.name] else {
      throw ExplanationError(.unsuitableInput, "there is no input \(sample.input.name)")
    }
    let channels = ChannelRows(input)
    switch fill {
    case .zero: return [Float](repeating: 0, count: input.elements.count)
    case .black: return try black(of: sample, channels)
    case .blur(let width): return try blurred(input, width, sample.input)
    case .mean: return channels.spread(channels.means)
    case .noise(let deviation): return channels.noise(deviation, seed: sample.seed)
    case .background:
      guard let mean = sample.background.fitting(input.shape).mean else {
        throw ExplanationError(
          .invalidSetting,
          "the fill \"background\" is the mean of other inputs, and none are known (--background)")
      }
      return mean.elements
    case .line, .infill, .outline: return input.elements
    }
  }

  private func black(of sample: MaskedSample, _ channels: ChannelRows) throws -> [Float] {
    guard let black = sample.background.black?.elements,
      black.count == channels.count || black.count == 1
    else {
      throw ExplanationError(
        .invalidSetting,
        "the fill \"black\" is known for pictures only; take zero, mean or blur")
    }
    return channels.spread((0..<channels.count).map { black[min($0, black.count - 1)] })
  }

  private func blurred(
    _ tensor: Tensor, _ width: InputLength, _ input: NetworkInput
  ) throws -> [Float] {
    try made(FillKey(fill: .blur(width), input: input), of: tensor).elements
  }

  /// A fill that a graph makes of one sample's input, `[1, channels, positions…]`.
  func made(_ key: FillKey, of tensor: Tensor) throws -> Tensor {
    let graphs = ScoringGraphs(model: model, upsampling: .receptiveField)
    let program = programs.program(key) {
      NetworkProgram(options: options, lane: lane) { _ in try graphs.fill(key) }
    }
    let compiled = try program.compiled(for: 1)
    let inputs = [ScoringGraphs.label(key.input.name): Tensor.stack([tensor])]
    return try compiled.program.run(inputs)[compiled.results]
  }
}

/// The channels of an input, one after the other.
struct ChannelRows {
  let elements: [Float]
  let count: Int
  let length: Int

  init(_ input: Tensor) {
    elements = input.elements
    count = max(1, input.shape[0])
    length = input.elements.count / count
  }

  /// The mean of each.
  var means: [Float] {
    (0..<count).map { channel in
      let row = elements[channel * length..<(channel + 1) * length]
      return Float(row.reduce(0.0) { $0 + Double($1) } / Double(max(1, length)))
    }
  }

  /// One number for every position of each.
  func spread(_ numbers: [Float]) -> [Float] {
    numbers.flatMap { [Float](repeating: $0, count: length) }
  }

  /// Normal numbers around the mean of each, with so many times the standard deviation of all.
  func noise(_ deviation: Double, seed: UInt64) -> [Float] {
    let means = means
    let mean = elements.reduce(0.0) { $0 + Double($1) } / Double(max(1, elements.count))
    let variance = elements.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let scale = Float(deviation * (variance / Double(max(1, elements.count))).squareRoot())
    var generator = SplitMix64(seed: seed)
    return (0..<count).flatMap { channel in
      (0..<length).map { _ in means[channel] + scale * generator.normal() }
    }
  }

  /// The mean of each and, by the share of a position, so many of its standard deviations above it.
  func outline(_ shares: [Float], _ height: Double) -> [Float] {
    zip(means, 0..<count).flatMap { mean, channel in
      let row = elements[channel * length..<(channel + 1) * length]
      let variance = row.reduce(0.0) { $0 + Double($1 - mean) * Double($1 - mean) }
      let rise = Float(height * (variance / Double(max(1, length))).squareRoot())
      return shares.map { mean + rise * $0 }
    }
  }

  /// The greatest less the least of all.
  var range: Float { (elements.max() ?? 0) - (elements.min() ?? 0) }
}
