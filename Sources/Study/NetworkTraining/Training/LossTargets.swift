import Foundation

/// What the loss of a training compares scores with, and the same loss for validation samples.
struct LossTargets: Sendable {
  private let targets: LearningTargets
  private let classWeights: [Float]
  private let smoothing: Float
  private let scaling: TargetScaling

  /// Prepares the targets of training samples.
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

  /// The inputs of a step.
  func inputs(_ slots: [BatchSlot]) -> (targets: [Float], weights: [Float]) {
    switch targets {
    case .classes(let classes, let count):
      let shares = slots.map { $0.counts ? classWeights[classes[$0.index]] : 0 }
      let total = max(shares.reduce(0, +), .leastNormalMagnitude)
      var rows: [Float] = []
      rows.reserveCapacity(slots.count * count)
      for (share, slot) in zip(shares, slots) {
        for label in 0..<count {
          let target = (label == classes[slot.index] ? 1 - smoothing : 0) + smoothing / Float(count)
          rows.append(share / total * target)
        }
      }
      return (rows, [])
    case .values(let values):
      let width = scaling.mean.count
      var rows: [Float] = []
      for slot in slots {
        for column in 0..<width {
          rows.append(
            (values[slot.index][column] - scaling.mean[column]) / scaling.deviation[column])
        }
      }
      let weight = 1 / Float(max(1, slots.count(where: \.counts) * width))
      return (rows, slots.map { $0.counts ? weight : 0 })
    }
  }

  /// How many samples are recognized that count and are the first version of theirs; nil in regression.
  func recognizedCount(_ scores: [[Float]], _ slots: [BatchSlot]) -> Int? {
    guard case .classes(let classes, _) = targets else { return nil }
    return zip(scores, slots).count { scores, slot in
      slot.counts && slot.version == 0
        && scores.indices.max { scores[$0] < scores[$1] } == classes[slot.index]
    }
  }

  /// The slots of all samples.
  var allSlots: [BatchSlot] { (0..<targets.count).map { BatchSlot(index: $0) } }

  /// The loss of all samples, given the network's scores.
  func loss(_ scores: [[Float]]) -> Float {
    let (rows, weights) = inputs(allSlots)
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
