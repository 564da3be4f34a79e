public import Catalogs
public import GraphIR

/// One entry of the catalog of relevance rules.
public struct RelevanceRuleEntry: CatalogEntry {
  /// The name in files and on the command line.
  public let id: String

  /// What it does, in a phrase.
  public let summary: String

  /// The numbers it depends on.
  public let parameters: [any ParameterDescription]

  private let build: @Sendable (Settings, BiasHandling?) throws(GraphError) -> any RelevanceRule

  init(
    id: String, summary: String, parameters: [any ParameterDescription] = [],
    build: @escaping @Sendable (Settings, BiasHandling?) throws(GraphError) -> any RelevanceRule
  ) {
    self.id = id
    self.summary = summary
    self.parameters = parameters
    self.build = build
  }

  /// Makes the rule.
  ///
  /// - Parameters:
  ///   - numbers: Parameters that differ from the standard: one number, or where the parameter says
  ///     so, one for each channel of the input.
  ///   - bias: What becomes of biases; what is usual for the rule when nil.
  /// - Returns: The rule.
  /// - Throws: `GraphError` naming a parameter that the rule does not have, or senseless numbers.
  public func make(
    _ numbers: [String: [Float]] = [:], bias: BiasHandling? = nil
  ) throws(GraphError) -> any RelevanceRule {
    let texts = numbers.mapValues(Domain<[Float]>.numbers.text)
    let settings: Settings
    do throws(SettingsError) {
      settings = try Settings(texts, for: parameters, of: "rule \(id)")
    } catch {
      throw GraphError(.relevanceUndefined, error.description)
    }
    return try build(settings, bias)
  }
}

extension Domain<Float> {
  /// One finite number.
  static var number: Domain {
    let numbers = Domain<[Float]>.numbers
    return Domain(
      "one number",
      read: { text throws(SettingsError) in
        try numbers.value(text).flatMap { $0.count == 1 ? $0[0] : nil }
      },
      write: { numbers.text([$0]) })
  }
}

extension Domain<[Float]> {
  /// Finite numbers with commas between: one for all channels of the input, or one for each.
  static var numbers: Domain {
    Domain(
      "a number, or one for each channel",
      read: { text in
        let numbers = text.split(separator: ",").map { Float($0) ?? .nan }
        return numbers.allSatisfy(\.isFinite) ? numbers : nil
      },
      write: { $0.map { "\($0)" }.joined(separator: ",") })
  }
}

/// All relevance rules.
public enum RelevanceRuleCatalog {
  /// The entries.
  public static let entries = Catalog<RelevanceRuleEntry>(
    "relevance rule",
    [
      ZPlusRule.entry,
      AlphaBetaRule.entry,
      EpsilonRule.zeroEntry,
      EpsilonRule.entry,
      GammaRule.entry,
      WeightSquareRule.entry,
      FlatRule.entry,
      BoxRule.entry,
    ])

  /// The rule with an id.
  ///
  /// - Parameter id: As listed by the catalog.
  /// - Returns: Its entry.
  /// - Throws: `GraphError` naming the nearest rules, and all, when there is none.
  public static func rule(_ id: String) throws(GraphError) -> RelevanceRuleEntry {
    guard let entry = entries[id] else {
      throw GraphError(.relevanceUndefined, entries.absence(of: id))
    }
    return entry
  }
}
