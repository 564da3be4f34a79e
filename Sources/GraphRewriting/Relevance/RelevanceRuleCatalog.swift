public import GraphIR

/// A number that a relevance rule depends on.
public struct RuleParameter: Hashable, Sendable {
  /// The name, as written in files and on the command line.
  public let name: String

  /// What it does.
  public let summary: String

  /// What it is when nothing is said.
  public let standard: Float

  /// Whether it may be one number for each channel of the input.
  public let isPerChannel: Bool

  /// Creates a parameter.
  public init(
    _ name: String, _ summary: String, _ standard: Float, isPerChannel: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.standard = standard
    self.isPerChannel = isPerChannel
  }
}

/// The numbers that a rule is made with, by the names of its parameters.
struct RuleNumbers {
  let numbers: [String: [Float]]

  /// The number of a parameter.
  func callAsFunction(_ name: String) -> Float { numbers[name]?.first ?? 0 }

  /// The numbers of a parameter that may differ by channel; nil when nothing was said.
  func bounds(_ name: String) -> [Float]? {
    numbers[name].flatMap { $0 == [] || $0[0].isNaN ? nil : $0 }
  }
}

/// One entry of the catalog of relevance rules.
public struct RelevanceRuleEntry: Sendable {
  /// The name in files and on the command line.
  public let id: String

  /// What it does, in a phrase.
  public let summary: String

  /// The numbers it depends on.
  public let parameters: [RuleParameter]

  private let build: @Sendable (RuleNumbers, BiasHandling?) throws(GraphError) -> any RelevanceRule

  init(
    id: String, summary: String, parameters: [RuleParameter] = [],
    build:
      @escaping @Sendable (RuleNumbers, BiasHandling?) throws(GraphError) -> any RelevanceRule
  ) {
    self.id = id
    self.summary = summary
    self.parameters = parameters
    self.build = build
  }

  /// Makes the rule.
  ///
  /// - Parameters:
  ///   - settings: Parameters that differ from the standard.
  ///   - bias: What becomes of biases; what is usual for the rule when nil.
  /// - Returns: The rule.
  /// - Throws: `GraphError` naming a parameter that the rule does not have, or senseless numbers.
  public func make(
    _ settings: [String: Float] = [:], bias: BiasHandling? = nil
  ) throws(GraphError) -> any RelevanceRule {
    try make(numbers: settings.mapValues { [$0] }, bias: bias)
  }

  /// Makes the rule.
  ///
  /// - Parameters:
  ///   - settings: Parameters that differ from the standard: one number, or where the parameter
  ///     says so, one for each channel of the input.
  ///   - bias: What becomes of biases; what is usual for the rule when nil.
  /// - Returns: The rule.
  /// - Throws: `GraphError` naming a parameter that the rule does not have, or senseless numbers.
  public func make(
    numbers settings: [String: [Float]], bias: BiasHandling? = nil
  ) throws(GraphError) -> any RelevanceRule {
    let names = parameters.map(\.name)
    if let unknown = settings.keys.sorted().first(where: { !names.contains($0) }) {
      throw GraphError(
        .relevanceUndefined,
        "rule \(id) has no parameter \"\(unknown)\"; it has "
          + (names.isEmpty ? "none" : names.joined(separator: ", ")))
    }
    let numbers = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, [$0.standard]) })
      .merging(settings) { $1 }
    for parameter in parameters {
      let count = numbers[parameter.name]?.count ?? 0
      guard count == 1 || parameter.isPerChannel && count > 1 else {
        throw GraphError(
          .relevanceUndefined, "rule \(id): \(parameter.name) is one number, not \(count)")
      }
    }
    return try build(RuleNumbers(numbers: numbers), bias)
  }
}

/// All relevance rules.
public enum RelevanceRuleCatalog {
  /// The entries.
  public static let entries: [RelevanceRuleEntry] = [
    ZPlusRule.entry,
    AlphaBetaRule.entry,
    EpsilonRule.zeroEntry,
    EpsilonRule.entry,
    GammaRule.entry,
    WeightSquareRule.entry,
    FlatRule.entry,
    BoxRule.entry,
  ]

  /// The rule with an id.
  ///
  /// - Parameter id: As listed by the catalog.
  /// - Returns: Its entry.
  /// - Throws: `GraphError` naming the rules there are when there is none.
  public static func rule(_ id: String) throws(GraphError) -> RelevanceRuleEntry {
    if let entry = entries.first(where: { $0.id == id }) { return entry }
    throw GraphError(
      .relevanceUndefined,
      "there is no relevance rule \"\(id)\"; there are "
        + entries.map(\.id).joined(separator: ", "))
  }
}
