import Foundation

/// What the loss of a training compares scores with, and the same loss for validation spectra.
struct LossTargets: Sendable {
  private let targets: LearningTargets
  private let classWeights: [Float]
  private let smoothing: Float
  private let scaling: TargetScaling

  /// Prepares the targets of training spectra.
  init(_ targets: LearningTargets, _ settings: TrainingSettings, _ scaling: TargetScaling) {
    self.targets = targets
    self.scaling = scaling
    smoothing = settings.labelSmoothing
    switch (settings.classWeights, targets) {
    case (.given(let weights), .classes): classWeights = weights
    case (.balanced, .classes(let classes, let count)):
      var counts = [Int](repeating: 0, count: count)
      for label in classes { counts[label] += 1 }
      classWeights = counts.map { Float(classes.count) / Float(count * max(1, $0)) }
    case (_, .classes(_, let count)): classWeights = Array(repeating: 1, count: count)
    case (_, .values): classWeights = []
    }
  }

  /// The inputs of a step for the spectra at `indices`, of which the first ones count.
  func inputs(
    _ indices: [Int], countedCount: Int
  ) -> (targets: [Float], weights: [Float]) {
    switch targets {
    case .classes(let classes, let count):
      let shares = indices.enumerated().map { slot, index in
        slot < countedCount ? classWeights[classes[index]] : 0
      }
      let total = max(shares.reduce(0, +), .leastNormalMagnitude)
      var rows: [Float] = []
      rows.reserveCapacity(indices.count * count)
      for (share, index) in zip(shares, indices) {
        for label in 0..<count {
          let target = (label == classes[index] ? 1 - smoothing : 0) + smoothing / Float(count)
          rows.append(share / total * target)
        }
      }
      return (rows, [])
    case .values(let values):
      let width = scaling.mean.count
      var rows: [Float] = []
      for index in indices {
        for column in 0..<width {
          rows.append((values[index][column] - scaling.mean[column]) / scaling.deviation[column])
        }
      }
      let weight = 1 / Float(max(1, countedCount * width))
      return (rows, indices.indices.map { $0 < countedCount ? weight : 0 })
    }
  }

  /// How many of the first `countedCount` spectra at `indices` are recognized; nil in regression.
  func recognizedCount(_ scores: [[Float]], _ indices: [Int], countedCount: Int) -> Int? {
    guard case .classes(let classes, _) = targets else { return nil }
    return (0..<countedCount).count { slot in
      scores[slot].indices.max { scores[slot][$0] < scores[slot][$1] } == classes[indices[slot]]
    }
  }

  /// The loss of all spectra, given the network's scores.
  func loss(_ scores: [[Float]]) -> Float {
    let indices = Array(0..<targets.count)
    let (rows, weights) = inputs(indices, countedCount: indices.count)
    var sum = 0.0
    for (index, scores) in scores.enumerated() {
      let width = scores.count
      switch targets {
      case .classes:
        let largest = scores.max() ?? 0
        let total = scores.reduce(0.0) { $0 + exp(Double($1 - largest)) }
        for label in 0..<width {
          let logarithm = Double(scores[label] - largest) - log(total)
          sum -= Double(rows[index * width + label]) * logarithm
        }
      case .values:
        for column in 0..<width {
          let difference = Double(scores[column] - rows[index * width + column])
          sum += Double(weights[index]) * difference * difference
        }
      }
    }
    return Float(sum)
  }
}
