import Catalogs
import Foundation

/// What of a network's output is explained.
public enum Target: Hashable, Sendable {
  /// The score of the class in this place of the ranking, 0 for the highest; each sample has its own.
  case ranked(Int)

  /// The score of one class, or one regression output.
  case output(Int)

  /// The score of the class that is given with each sample, for example its true one.
  case given

  /// How far one score exceeds another.
  case margin(Int, over: Int)

  /// Any weighted sum of scores; one weight per score.
  case weights([Float])
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
  /// Reads a target as a user writes it.
  ///
  /// - Parameters:
  ///   - text: A class index or label; `top` or `top1`, `top2`…; `A-vs-B` for a margin; or
  ///     `weights:` and one number per score with commas between, for a weighted sum.
  ///   - model: The network whose labels are meant.
  /// - Throws: `ExplanationError` with the nearest labels when nothing fits, or saying what is wrong
  ///   with weights.
  public init(_ text: String, model: Model) throws(ExplanationError) {
    if text.hasPrefix("weights:") {
      self = .weights(try Target.weights(text.dropFirst("weights:".count), model))
      return
    }
    let sides = text.components(separatedBy: "-vs-")
    if sides.count == 2 {
      self = .margin(
        try Target.index(sides[0], model), over: try Target.index(sides[1], model))
      return
    }
    if text.hasPrefix("top"), let place = text == "top" ? 1 : Int(text.dropFirst(3)) {
      guard (1...model.scoreCount).contains(place) else {
        throw ExplanationError(
          .unknownTarget, "\"\(text)\": the network has \(model.scoreCount) scores")
      }
      self = .ranked(place - 1)
      return
    }
    self = .output(try Target.index(text, model))
  }

  /// Reads one weight per score.
  private static func weights(
    _ text: Substring, _ model: Model
  ) throws(ExplanationError) -> [Float] {
    var weights: [Float] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let number = part.trimmingCharacters(in: .whitespaces)
      guard let weight = Float(number), weight.isFinite else {
        throw ExplanationError(
          .unknownTarget,
          "weight \(weights.count + 1) of \"weights:\(text)\" is \"\(number)\", not a number")
      }
      weights.append(weight)
    }
    guard weights.count == model.scoreCount else {
      throw ExplanationError(
        .unknownTarget,
        "target weights: has \(weights.count) weights and the network \(model.scoreCount) scores; "
          + "give one weight per score")
    }
    return weights
  }

  /// Finds a class by index or label.
  private static func index(_ text: String, _ model: Model) throws(ExplanationError) -> Int {
    // Labels may be numbers themselves, and then they are what is meant.
    let known = model.information.labels?.prefix(model.scoreCount).firstIndex(of: text)
    if let known { return known }
    if model.scoreCount == 1, model.information.targetName == text { return 0 }
    if let index = Int(text) {
      guard (0..<model.scoreCount).contains(index) else {
        throw ExplanationError(
          .unknownTarget,
          "there is no class \(index); the network has \(model.scoreCount) (0…\(model.scoreCount - 1))"
        )
      }
      return index
    }
    let labels = Array((model.information.labels ?? []).prefix(model.scoreCount))
    let wanted = text.lowercased()
    if let index = labels.firstIndex(where: { $0.lowercased() == wanted }) { return index }
    let partial = labels.indices.filter { labels[$0].lowercased().contains(wanted) }
    if partial.count == 1 { return partial[0] }
    let hint =
      labels.isEmpty
      ? " The model has no labels; give an index, or labels in a file beside it."
      : Suggestions.sentence(for: text, among: labels)
    throw ExplanationError(.unknownTarget, "there is no class \"\(text)\".\(hint)")
  }

  /// Throws unless the target fits a network with `count` scores.
  func check(count: Int) throws(ExplanationError) {
    let indices: [Int] =
      switch self {
      case .ranked(let place): [place]
      case .output(let index): [index]
      case .given, .weights: []
      case .margin(let index, let other): [index, other]
      }
    if case .weights(let weights) = self, weights.count != count {
      throw ExplanationError(
        .unknownTarget,
        "the target has \(weights.count) weights and the network \(count) scores; give one weight per "
          + "score")
    }
    guard indices.allSatisfy({ (0..<count).contains($0) }) else {
      throw ExplanationError(
        .unknownTarget, "target \(self) does not fit a network with \(count) scores")
    }
  }

  /// The weights of a sample's scores.
  ///
  /// - Parameters:
  ///   - scores: The scores of the sample.
  ///   - given: The class that was given with it, if one was.
  /// - Returns: One weight per score.
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
  /// - Parameters:
  ///   - scores: The scores of the sample.
  ///   - given: The class that was given with it, if one was.
  /// - Returns: Its index, or nil for a margin or weights.
  public func classIndex(_ scores: [Float], given: Int? = nil) -> Int? {
    switch self {
    case .ranked(let place): Target.ranking(scores)[place]
    case .output(let index): index
    case .given: given
    case .margin, .weights: nil
    }
  }

  /// The target as a reader of a figure understands it.
  ///
  /// - Parameters:
  ///   - scores: The scores of the sample.
  ///   - model: The network whose labels are meant.
  ///   - given: The class that was given with the sample, if one was.
  /// - Returns: A label, or two with “over” between them.
  public func title(_ scores: [Float], model: Model, given: Int? = nil) -> String {
    switch self {
    case .ranked, .output, .given:
      classIndex(scores, given: given).map(model.label) ?? "scores"
    case .margin(let index, let other): "\(model.label(index)) over \(model.label(other))"
    case .weights: "weighted scores"
    }
  }
}
