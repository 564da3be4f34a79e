import GraphIR
import Operations
import TensorCore

extension MethodParameter {
  /// How many channels are scored.
  static func channels(default standard: Int, rankedBy ranking: String) -> MethodParameter {
    MethodParameter(
      "channels", "how many channels are scored, those with the largest \(ranking); 0 for all",
      standard: "\(standard)", .count(0...1_000_000))
  }

  /// What a mask hides the input behind.
  static func fill(default standard: String) -> MethodParameter {
    let values = ["blur", "line", "zero"]
    return MethodParameter(
      "fill",
      "what stands where a mask hides the input: the input blurred, a straight line between the "
        + "ends of every axis (a spectrum's base line), or zero in the network's own numbers",
      values: [standard] + values.filter { $0 != standard })
  }

  /// The width of the blur.
  static let blur = MethodParameter(
    "blur", "standard deviation of the Gaussian that blurs the input", standard: "7%", .length)

  /// Which form of the score weighs channels.
  static let score = MethodParameter(
    "score", "the score that masked inputs get (of a single raw output always the raw one)",
    values: ["probability", "logit"])

  /// Whether the score of a fully hidden input counts.
  static func baseline(default standard: String) -> MethodParameter {
    let values = ["fill", "none"]
    return MethodParameter(
      "baseline",
      "what is subtracted from scores: that of an input which is all fill, or nothing",
      values: [standard] + values.filter { $0 != standard })
  }
}

extension MethodSettings {
  /// What `fill` and `blur` say.
  var fill: InputFill {
    switch self["fill"] {
    case "line": .line
    case "zero": .zero
    default: .blur(InputLength(self["blur"]) ?? .share(0.07))
    }
  }

  /// What `score` says.
  var scoreForm: ScoreForm { ScoreForm(rawValue: self["score"]) ?? .probability }

  /// What `channels` says.
  var channelCount: Int { count("channels") == 0 ? .max : count("channels") }
}

extension Value {
  /// Sums of consecutive channels, `[samples, groups, positions…]`; the last group may have fewer.
  ///
  /// - Parameter count: How many groups; 0, or more than there are channels, leaves each alone.
  /// - Returns: One channel per group.
  func grouped(_ count: Int) -> Value {
    let channels = shape[1]
    guard count > 0, count < channels else { return self }
    let size = (channels + count - 1) / count
    let groups = (channels + size - 1) / size
    var after = [Int](repeating: 0, count: shape.rank)
    after[1] = groups * size - channels
    let whole =
      after[1] == 0
      ? self : padded(before: after.map { _ in 0 }, after: after)
    return
      whole.reshaped(to: Shape([shape[0], groups, size] + shape.positions))
      .sum(over: .axes([2]))
      .reshaped(to: Shape([shape[0], groups] + shape.positions))
  }

  /// The sum over positions without their axes, `[samples, channels]`.
  var pooled: Value {
    sum(over: .positions).reshaped(to: [shape[0], shape[1]])
  }
}
