/// What of a network's output is explained.
public indirect enum Target: Hashable, Sendable {
  /// The score of the class in this place of the ranking, 0 for the highest; each sample has its own.
  case ranked(Int)

  /// The score of one class, or one regression output.
  case output(Int)

  /// The score of the class that is given with each sample, for example its true one.
  case given

  /// How far one score exceeds another.
  case margin(Int, over: Int)

  /// How far the score of a class exceeds the mean of all other scores.
  case contrasted(Target)

  /// Any weighted sum of scores; one weight per score.
  case weights([Float])

  /// What speaks against one class: its score with the sign changed.
  case negated(Int)

  /// The cosine of the angle between the output and another vector, such as that of another input.
  case similarity(to: [Float])

  /// The symbol in this place of the text that the output stands for, at the steps that say it.
  case symbol(Int)

  /// A target of an output with positions, at some of them.
  case placed(Target, at: Positions)
}

/// Which form of the scores is explained.
public enum ScoreForm: String, Hashable, Sendable, CaseIterable, Codable {
  /// The score before a final softmax or logistic function.
  case logit
  /// The probability that such a function makes of it. Only methods made of gradients tell it from
  /// the logit: relevance starts at the raw scores, see `ExplanationMethod.startsAtRawScores`.
  case probability
}

extension Target {
  /// The target without the positions at which it is explained.
  public var unplaced: Target {
    if case .placed(let target, _) = self { target } else { self }
  }

  /// Whether the graph finds out by itself which class it is.
  var isFound: Bool {
    switch self {
    case .ranked, .symbol: true
    case .placed(let target, _), .contrasted(let target): target.isFound
    case .output, .given, .margin, .weights, .negated, .similarity: false
    }
  }

  /// Whether it is the score of one class.
  private var isSingleClass: Bool {
    switch self {
    case .ranked, .output, .given: true
    case .margin, .contrasted, .weights, .negated, .similarity, .symbol, .placed: false
    }
  }

  /// Throws unless the target fits an output.
  func check(_ output: NetworkOutput) throws(ExplanationError) {
    let count = output.classCount
    switch self {
    case .given: break
    case .ranked(let index), .output(let index), .negated(let index):
      try check(indices: [index], count: count)
    case .margin(let index, let other): try check(indices: [index, other], count: count)
    case .weights(let weights), .similarity(let weights):
      guard weights.count == count else {
        throw ExplanationError(
          .unknownTarget,
          "the target has \(weights.count) weights and the network \(count) scores; give one weight "
            + "per score")
      }
    case .symbol:
      guard output.positions.count == 1, count > 1 else {
        throw ExplanationError(
          .unknownTarget,
          "text is read from scores of symbols at steps; output \(output) has none")
      }
    case .contrasted(let target):
      guard target.isSingleClass, count > 1 else {
        throw ExplanationError(
          .unknownTarget,
          "only a class can be set against the others, and only where the network has several scores"
        )
      }
      try target.check(output)
    case .placed(let target, let positions):
      try target.check(output)
      try positions.check(output, target)
    }
  }

  private func check(indices: [Int], count: Int) throws(ExplanationError) {
    guard indices.allSatisfy({ (0..<count).contains($0) }) else {
      throw ExplanationError(
        .unknownTarget, "target \(self) does not fit a network with \(count) scores")
    }
  }

  /// The weights of a sample's scores, at one position where the output has several.
  ///
  /// - Parameters:
  ///   - scores: The scores of the sample.
  ///   - given: The class that was given with it, if one was.
  /// - Returns: One weight per score; none for a symbol, which only its text tells.
  public func weights(_ scores: [Float], given: Int? = nil) -> [Float] {
    var weights = [Float](repeating: 0, count: scores.count)
    switch self {
    case .ranked(let place): weights[Target.ranking(scores)[place]] = 1
    case .output(let index): weights[index] = 1
    case .given: if let given { weights[given] = 1 }
    case .margin(let index, let other):
      weights[index] += 1
      weights[other] -= 1
    case .weights(let given): weights = given
    case .negated(let index): weights[index] = -1
    case .similarity(let other):
      let length = other.length
      if length > 0 { weights = other.map { $0 / length } }
    case .symbol: break
    case .contrasted(let target):
      weights = target.weights(scores, given: given)
      let others = Float(scores.count - 1)
      weights = weights.map { ($0 * (others + 1) - 1) / others }
    case .placed(let target, _): weights = target.weights(scores, given: given)
    }
    return weights
  }

  /// The indices of scores from the highest to the lowest; equals in order of index.
  ///
  /// - Parameter scores: The scores of a sample.
  /// - Returns: A permutation of their indices.
  public static func ranking(_ scores: [Float]) -> [Int] {
    scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
  }

  /// The class that is explained, when it is one.
  ///
  /// - Parameter weights: The weights of the target for the sample.
  /// - Returns: Its index, or nil for a margin, weights and other targets that are no class.
  func classIndex(_ weights: [Float]) -> Int? {
    switch unplaced {
    case .ranked, .output, .given, .symbol: weights.firstIndex(of: 1)
    case .contrasted: weights.indices.max { weights[$0] < weights[$1] }
    case .margin, .weights, .negated, .similarity, .placed: nil
    }
  }

  /// The target as a reader of a figure understands it.
  ///
  /// - Parameters:
  ///   - reading: What was found about it for the sample.
  ///   - model: The network whose labels are meant.
  /// - Returns: A label, or two with “over” between them; with positions where there are some.
  func title(_ reading: TargetReading, model: Model) -> String {
    switch self {
    case .ranked, .output, .given:
      return classIndex(reading.weights).map(model.label) ?? "scores"
    case .margin(let index, let other): return "\(model.label(index)) over \(model.label(other))"
    case .contrasted:
      return (classIndex(reading.weights).map(model.label) ?? "scores") + " over the others"
    case .weights: return "weighted scores"
    case .negated(let index): return "not \(model.label(index))"
    case .similarity: return "similarity"
    case .symbol(let place):
      let symbol = classIndex(reading.weights).map(model.label) ?? "no symbol"
      return "\(symbol), text[\(place)]"
    case .placed(let target, let positions):
      return target.title(reading, model: model) + " " + positions.phrase(reading)
    }
  }
}

extension Positions {
  /// Throws unless the positions fit an output.
  func check(_ output: NetworkOutput, _ target: Target) throws(ExplanationError) {
    guard !output.positions.isEmpty else {
      throw ExplanationError(
        .unknownTarget,
        "output \(output) has no positions; name the class without \"@\"")
    }
    switch self {
    case .best, .winning, .all: break
    case .single(let index):
      let fits =
        index.count == output.positions.count
        && zip(index, output.positions).allSatisfy { (0..<$1).contains($0) }
      guard fits else {
        let given = index.map(String.init).joined(separator: ",")
        throw ExplanationError(
          .unknownTarget, "there is no position \(given); output \(output.name) has \(output.grid)")
      }
    case .region(let weights, let name):
      guard weights.count == output.positions.reduce(1, *) else {
        throw ExplanationError(
          .unknownTarget,
          "region \(name) has \(weights.count) positions; output \(output.name) has \(output.grid)")
      }
    }
  }
}

extension [Float] {
  /// The square root of the sum of squares.
  var length: Float { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
