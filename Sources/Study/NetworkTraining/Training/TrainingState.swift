import TensorCore

/// Everything that changes in the course of a training; a checkpoint is this, written down.
struct TrainingState: Sendable, Hashable {
  /// All parameters, end to end.
  var parameters: [Float]

  /// What the optimizer remembers.
  var optimizer: OptimizerState

  /// The running mean and variance of every batch norm, `[2, channels]` each.
  var statistics: [[Float]]

  /// The epochs that are done.
  var epoch = 0

  /// To what share a plateau has reduced the learning rate.
  var plateauShare: Float = 1

  /// When the rate was last reduced or the watched loss last fell.
  var plateau = PlateauWatch()

  /// When the watched loss last fell.
  var watch = PlateauWatch()

  /// The parameters and statistics of the epoch with the lowest watched loss.
  var best: Best?

  /// A choice of weights.
  struct Best: Sendable, Hashable {
    var epoch: Int
    var parameters: [Float]
    var statistics: [[Float]]
  }

  /// Draws first parameters, but for those that are given by name.
  init(
    _ step: TrainingStep, _ settings: TrainingSettings,
    initial: NetworkWeights = NetworkWeights([:])
  ) {
    var generator = SplitMix64(seed: settings.seed, stream: -1, of: .trainings)
    parameters = step.description.parameters.flatMap { parameter in
      let drawn = parameter.initialValues(using: &generator)
      let given = initial.tensors[parameter.name]
      return given?.shape == parameter.shape ? given?.elements ?? drawn : drawn
    }
    optimizer = OptimizerState(settings.optimizer, count: parameters.count)
    statistics = step.description.normalizations.map { layer in
      Array(repeating: 0, count: layer.channelCount)
        + Array(repeating: 1, count: layer.channelCount)
    }
  }

  /// How much of a running statistic the next batch replaces.
  private static let momentum: Float = 0.1

  /// Takes the moments of a batch into the running statistics.
  ///
  /// The first batches are averaged evenly, so that the start does not matter for long.
  mutating func note(_ moments: [[Float]], valueCounts: [Int]) {
    let share = max(Self.momentum, 1 / Float(optimizer.stepCount))
    for layer in moments.indices {
      let channels = moments[layer].count / 2
      // Variances of a sample are stored unbiased, as frameworks do.
      let unbiased = Float(valueCounts[layer]) / Float(max(1, valueCounts[layer] - 1))
      for index in moments[layer].indices {
        let value = moments[layer][index] * (index < channels ? 1 : unbiased)
        statistics[layer][index] += share * (value - statistics[layer][index])
      }
    }
  }

  /// Parameters and statistics by name.
  static func weights(
    _ parameters: [Float], _ statistics: [[Float]], _ step: TrainingStep
  ) -> NetworkWeights {
    var tensors: [String: Tensor] = [:]
    for (index, parameter) in step.description.parameters.enumerated() {
      tensors[parameter.name] = Tensor(
        shape: parameter.shape,
        elements: Array(parameters[step.offsets[index]..<step.offsets[index + 1]]))
    }
    for (layer, numbers) in zip(step.description.normalizations, statistics) {
      let count = layer.channelCount
      tensors[layer.name + ".mean"] = Tensor(shape: [count], elements: Array(numbers[..<count]))
      tensors[layer.name + ".variance"] = Tensor(
        shape: [count], elements: Array(numbers[count...]))
    }
    return NetworkWeights(tensors)
  }
}
