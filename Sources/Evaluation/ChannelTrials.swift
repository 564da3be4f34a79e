import ExplanationQuality
import Explanations
import GraphExecution
import Synchronization
import TensorCore

/// What layers make of one input, and what their channels do.
struct ChannelFindings: Sendable {
  /// A layer.
  struct Channels: Sendable {
    /// The mean of each channel over positions.
    let means: [Double]

    /// The mean of its magnitude.
    let activity: [Double]
  }

  /// The layers by name.
  fileprivate(set) var layers: [String: Channels] = [:]

  /// What was found for channels, by what was done to which.
  fileprivate(set) var passes: [String: [Double]] = [:]

  /// How many changed activations and inputs were scored.
  fileprivate(set) var count = 0

  /// The channels of a layer that a metric asks for, and what tells what was found for them from other
  /// findings.
  func tried(
    _ measuring: ChannelMeasuring, _ metric: ChosenMetric, _ layer: String, _ facts: SampleFacts
  ) -> (channels: [Int], key: String) {
    let activity = layers[layer]?.activity ?? []
    let channels = measuring.channels(activity, facts, metric.settings)
    var hash = StableHash()
    for channel in channels {
      for shift in [0, 8, 16, 24] { hash.add(UInt8(truncatingIfNeeded: channel >> shift)) }
    }
    let trial = measuring.trial(metric.settings)
    return (channels, "channels \(trial.rawValue) \(String(hash.value, radix: 16)) \(layer)")
  }
}

/// Finds out what channels of layers do, the same for all methods.
final class ChannelTrials: Sendable {
  private let plan: EvaluationPlan
  private let scorer: InputScorer
  private let lane: ExecutionLane
  private let tails = Mutex<[String: NetworkTail]>([:])

  init(_ plan: EvaluationPlan, scorer: InputScorer, lane: ExecutionLane) {
    self.plan = plan
    self.scorer = scorer
    self.lane = lane
  }

  /// What tasks need, besides what is known.
  func findings(
    for tasks: [EvaluationTask], of sample: EvaluationSample, _ masked: MaskedSample,
    _ facts: SampleFacts, known: [String: [Double]]
  ) throws -> ChannelFindings {
    var findings = ChannelFindings()
    var activations: [String: LayerActivation] = [:]
    for task in tasks {
      guard case .channels(let measuring) = task.metric.metric.procedure,
        let layer = plan.layers.first(where: { $0.name == task.map.layer })
      else { continue }
      let tail = try tail(layer)
      let activation =
        try activations[layer.name] ?? tail.activation(of: sample.inputs)
      activations[layer.name] = activation
      if findings.layers[layer.name] == nil {
        findings.layers[layer.name] = ChannelFindings.Channels(activation.values)
      }
      let (channels, key) = findings.tried(measuring, task.metric, layer.name, facts)
      guard known[key] == nil, findings.passes[key] == nil, !channels.isEmpty else { continue }
      let trial = measuring.trial(task.metric.settings)
      let site = TrialSite(
        sample: sample, layer: layer, activation: activation, tail: tail, masked: masked)
      findings.passes[key] = try effects(trial, channels, site)
      findings.count += channels.count + 1
    }
    return findings
  }

  private func tail(_ layer: Layer) throws -> NetworkTail {
    try tails.withLock { tails in
      if let tail = tails[layer.name] { return tail }
      let tail = try NetworkTail(plan.model, at: layer, options: plan.options, lane: lane)
      tails[layer.name] = tail
      return tail
    }
  }

  /// Where channels are tried.
  private struct TrialSite {
    let sample: EvaluationSample
    let layer: Layer
    let activation: LayerActivation
    let tail: NetworkTail
    let masked: MaskedSample
  }

  /// What each channel does to the explained score, and then what each does to its contrast.
  private func effects(
    _ trial: ChannelTrial, _ channels: [Int], _ site: TrialSite
  ) throws -> [Double] {
    let scores: [[Float]]
    switch trial {
    case .remove:
      scores = try site.tail.scores(
        of: [.none] + channels.map { .without(channel: $0) }, at: site.activation)
    case .alone:
      scores = try site.tail.scores(
        of: [.zero] + channels.map { .only(channel: $0) }, at: site.activation)
    case .keep:
      let masks = channels.map { plan.mask(site.activation.values.part($0), site.layer) }
      scores = try scorer.scores(
        of: [MaskedRow(.nothing, fill: .zero)] + masks, in: site.masked)
    }
    let reading = ScoreReading(
      scale: trial == .keep ? plan.scale : .raw, model: plan.model, weights: site.sample.weights)
    let explained = scores.map(reading.value)
    let contrasts = scores.map { site.sample.contrast($0) }
    // The first row is what the others are compared with.
    let sign: Double = trial == .remove ? -1 : 1
    return [explained, contrasts].flatMap { row in
      row.dropFirst().map { sign * ($0 - row[0]) }
    }
  }
}

extension ChannelFindings.Channels {
  /// The channels of an activation, `[channels, positions…]`.
  fileprivate init(_ activation: Tensor) {
    let length = activation.elements.count / max(1, activation.shape[0])
    var (sums, magnitudes) = ([Double](), [Double]())
    for channel in 0..<activation.shape[0] {
      var (sum, magnitude) = (0.0, 0.0)
      for value in activation.elements[channel * length..<(channel + 1) * length] {
        sum += Double(value)
        magnitude += Double(abs(value))
      }
      sums.append(sum / Double(max(1, length)))
      magnitudes.append(magnitude / Double(max(1, length)))
    }
    means = sums
    activity = magnitudes
  }
}

extension EvaluationSample {
  /// The explained raw score less the mean of the others; the explained one where no class is explained.
  fileprivate func contrast(_ scores: [Float]) -> Double {
    guard let classIndex, scores.count > 1 else {
      return zip(weights, scores).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let sum = scores.reduce(0.0) { $0 + Double($1) }
    let own = Double(scores[classIndex])
    return own - (sum - own) / Double(scores.count - 1)
  }
}

extension EvaluationPlan {
  /// The input seen through a channel of a layer, from its least value (hidden) to its largest (shown).
  fileprivate func mask(_ channel: Tensor, _ layer: Layer) -> MaskedRow {
    let values = explanations.upsampling.aligned(
      channel, to: positions, fields: layer.receptiveFields(over: input)
    ).elements
    guard let least = values.min(), let largest = values.max(), largest > least else {
      return MaskedRow(.nothing, fill: .zero)
    }
    return MaskedRow(.shares(values.map { ($0 - least) / (largest - least) }), fill: .zero)
  }
}
