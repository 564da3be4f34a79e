public import GraphIR

/// A number that a relevance rule depends on.
public struct RuleParameter: Hashable, Sendable {
  /// The name, as written in files and on the command line.
  public let name: String

  /// What it does.
  public let summary: String

  /// What it is when nothing is said.
  public let standard: Float

  /// Creates a parameter.
  public init(_ name: String, _ summary: String, _ standard: Float) {
    self.name = name
    self.summary = summary
    self.standard = standard
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

  private let build:
    @Sendable ((String) -> Float, BiasHandling?) throws(GraphError) -> any RelevanceRule

  init(
    id: String, summary: String, parameters: [RuleParameter] = [],
    build:
      @escaping @Sendable ((String) -> Float, BiasHandling?) throws(GraphError) ->
      any RelevanceRule
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
    let names = parameters.map(\.name)
    if let unknown = settings.keys.sorted().first(where: { !names.contains($0) }) {
      throw GraphError(
        .relevanceUndefined,
        "rule \(id) has no parameter \"\(unknown)\"; it has "
          + (names.isEmpty ? "none" : names.joined(separator: ", ")))
    }
    let standard = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.standard) })
    return try build({ settings[$0] ?? standard[$0] ?? 0 }, bias)
  }
}

/// All relevance rules.
public enum RelevanceRuleCatalog {
  /// The entries.
  public static let entries: [RelevanceRuleEntry] = [
    AlphaBetaRule.zPlusEntry,
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
