import Catalogs
import Foundation

/// What targets name that lies in files: read by whoever knows how.
public struct TargetFiles: Sendable {
  /// A region of a picture: 1 inside and 0 outside, at the positions of the output.
  public var region: @Sendable (_ path: String) throws -> [Float]

  /// What the network makes of another input.
  public var embedding: @Sendable (_ path: String) throws -> [Float]

  /// Creates readers.
  public init(
    region: @escaping @Sendable (_ path: String) throws -> [Float],
    embedding: @escaping @Sendable (_ path: String) throws -> [Float]
  ) {
    self.region = region
    self.embedding = embedding
  }

  /// Reads nothing.
  public static let none = TargetFiles(region: unreadable, embedding: unreadable)

  @Sendable private static func unreadable(_ path: String) throws -> [Float] {
    throw ExplanationError(.unknownTarget, "\(path): files cannot be read here; give their numbers")
  }
}

extension Target {
  /// Reads a target as a user writes it.
  ///
  /// - Parameters:
  ///   - text: A class by index or label; `top` or `top1`, `top2`…; `not CLASS`; `A-vs-B` for a
  ///     margin, `A-vs-others` for that over the mean of all others; `weights:` and one number per score with commas between; `output[5]` for a number by
  ///     its index; `similarity:FILE`; `text[3]` for a symbol of a text. Where the output has positions,
  ///     `@best`, `@mask`, `@all`, `@row,column` or `@step`, or `@region:FILE` may follow.
  ///   - model: The network whose labels are meant.
  ///   - files: Reads what lies in files.
  /// - Throws: `ExplanationError` with the nearest labels when nothing fits, or saying what is wrong
  ///   with weights; what `files` throws.
  public init(_ text: String, model: Model, files: TargetFiles = .none) throws {
    self = try TargetParser(model: model, files: files).target(text)
    try check(model.output)
  }
}

/// Reads targets.
struct TargetParser {
  let model: Model
  let files: TargetFiles

  /// A target with its positions.
  func target(_ text: String) throws -> Target {
    let isLabel = model.information.labels?.contains(text) == true
    guard !isLabel, let sign = text.lastIndex(of: "@"), sign > text.startIndex else {
      return try unplaced(text)
    }
    let positions = try positions(String(text[text.index(after: sign)...]))
    return .placed(try unplaced(String(text[..<sign])), at: positions)
  }

  /// A target without positions.
  private func unplaced(_ text: String) throws -> Target {
    if let rest = text.rest(after: "weights:") { return .weights(try weights(rest)) }
    if let rest = text.rest(after: "similarity:") {
      return .similarity(to: try files.embedding(rest))
    }
    if let rest = text.rest(after: "not ") { return .negated(try index(rest)) }
    if let place = try text.bracketed("text") { return .symbol(place) }
    if let index = try text.bracketed("output") {
      return .output(try checked(index))
    }
    let sides = text.components(separatedBy: "-vs-")
    if sides.count == 2, sides[1] == "others",
      model.information.labels?.contains("others") != true
    {
      return .contrasted(try unplaced(sides[0]))
    }
    if sides.count == 2 { return .margin(try index(sides[0]), over: try index(sides[1])) }
    if text.hasPrefix("top"), let place = text == "top" ? 1 : Int(text.dropFirst(3)) {
      guard (1...model.scoreCount).contains(place) else {
        throw ExplanationError(
          .unknownTarget, "\"\(text)\": the network has \(model.scoreCount) scores")
      }
      return .ranked(place - 1)
    }
    return .output(try index(text))
  }

  private func positions(_ text: String) throws -> Positions {
    if let path = text.rest(after: "region:") {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return .region(try files.region(path), name: name)
    }
    switch text {
    case "best": return .best
    case "mask": return .winning
    case "all": return .all
    default: break
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let index = parts.compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    guard index.count == parts.count else {
      let example = model.output.positions.map { "\($0 / 2)" }.joined(separator: ",")
      throw ExplanationError(
        .unknownTarget,
        "\"@\(text)\" names no positions; there are @best, @mask, @all, @region:FILE"
          + (example.isEmpty ? "" : " and single ones such as @\(example)")
          + Suggestions.sentence(for: text, among: ["best", "mask", "all"]))
    }
    return .single(index)
  }

  /// One weight per score.
  private func weights(_ text: String) throws(ExplanationError) -> [Float] {
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

  /// A class by index or label.
  private func index(_ text: String) throws(ExplanationError) -> Int {
    // Labels may be numbers themselves, and then they are what is meant.
    let labels = Array((model.information.labels ?? []).prefix(model.scoreCount))
    if let known = try only(labels.indices.filter { labels[$0] == text }, text) { return known }
    if let known = labels.indices.first(where: { model.label($0) == text }) { return known }
    if model.scoreCount == 1, model.information.targetName == text || model.output.name == text {
      return 0
    }
    if let index = Int(text) { return try checked(index) }
    let wanted = text.lowercased()
    let equal = labels.indices.filter { labels[$0].lowercased() == wanted }
    if let index = try only(equal, text) { return index }
    let partial = labels.indices.filter { labels[$0].lowercased().contains(wanted) }
    if partial.count == 1 { return partial[0] }
    let hint =
      labels.isEmpty
      ? " The model has no labels; give an index, or labels in a file beside it."
      : Suggestions.sentence(for: text, among: labels)
    throw ExplanationError(.unknownTarget, "there is no class \"\(text)\".\(hint)")
  }

  /// The only one of several classes that could be meant; nil for none.
  private func only(_ indices: [Int], _ text: String) throws(ExplanationError) -> Int? {
    guard indices.count > 1 else { return indices.first }
    let choices = indices.map { "\($0)" }.joined(separator: ", ")
    throw ExplanationError(
      .unknownTarget,
      "\(indices.count) classes are called \"\(text)\"; name one by its index: \(choices)")
  }

  private func checked(_ index: Int) throws(ExplanationError) -> Int {
    guard (0..<model.scoreCount).contains(index) else {
      throw ExplanationError(
        .unknownTarget,
        "there is no class \(index); the network has \(model.scoreCount) "
          + "(0…\(model.scoreCount - 1))")
    }
    return index
  }
}

extension String {
  /// What follows a beginning; nil when the text begins otherwise.
  fileprivate func rest(after beginning: String) -> String? {
    hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
  }

  /// The number in brackets behind a word; nil when the text is not of that form.
  fileprivate func bracketed(_ word: String) throws(ExplanationError) -> Int? {
    guard let inside = rest(after: word + "["), inside.hasSuffix("]") else { return nil }
    guard let number = Int(inside.dropLast()), number >= 0 else {
      throw ExplanationError(
        .unknownTarget, "\"\(self)\": \(word)[…] takes a whole number, counted from 0")
    }
    return number
  }
}
