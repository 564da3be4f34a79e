import Catalogs
import GraphIR
public import GraphRewriting

/// A relevance rule as users write it: its id and its numbers.
///
/// In JSON, `{"rule": "gamma", "gamma": 0.25, "bias": "ignored"}`; a number may be a list with one
/// entry for each channel where the rule allows it, as the bounds of `box` do.
public struct RuleRecipe: Codable, Hashable, Sendable {
  /// The id of the rule.
  public var rule: String

  /// The numbers that differ from what is usual.
  public var numbers: [String: [Float]]

  /// What becomes of the bias; what is usual for the rule when nil.
  public var bias: BiasHandling?

  /// Creates a recipe.
  public init(_ rule: String, numbers: [String: [Float]] = [:], bias: BiasHandling? = nil) {
    self.rule = rule
    self.numbers = numbers
    self.bias = bias
  }

  /// Reads `rule`, `bias`, and every other key as a number or a list of numbers.
  ///
  /// - Throws: `ExplanationError` for values of another kind; what the decoder throws.
  public init(from decoder: any Decoder) throws {
    let container = try RecipeContainer(decoder, "a rule")
    guard let rule = try container.text("rule") else {
      throw RecipeContainer.error("\(container.place) has no \"rule\", such as \"z-plus\"")
    }
    self.rule = rule
    bias = try container.choice("bias")
    numbers = [:]
    for name in container.names where name != "rule" && name != "bias" {
      numbers[name] = try container.numbers(name)
    }
  }

  /// Writes the same form; a list of one number as the number.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: RecipeKey.self)
    try container.encode(rule, forKey: RecipeKey("rule"))
    try container.encodeIfPresent(bias, forKey: RecipeKey("bias"))
    for (name, values) in numbers {
      if values.count == 1 {
        try container.encode(values[0], forKey: RecipeKey(name))
      } else {
        try container.encode(values, forKey: RecipeKey(name))
      }
    }
  }

  /// Makes the rule.
  ///
  /// - Parameter general: What becomes of biases where the recipe does not say it.
  /// - Returns: The rule.
  /// - Throws: `ExplanationError` for an unknown rule or number, with what there is.
  public func made(bias general: BiasHandling?) throws(ExplanationError) -> any RelevanceRule {
    let ids = RelevanceRuleCatalog.entries.map(\.id)
    guard let entry = RelevanceRuleCatalog.entries.first(where: { $0.id == rule }) else {
      throw RecipeContainer.error(
        "there is no relevance rule \"\(rule)\".\(Suggestions.sentence(for: rule, among: ids))"
          + " There are \(ids.joined(separator: ", "))")
    }
    do {
      return try entry.make(numbers: numbers, bias: bias ?? general)
    } catch {
      throw RecipeContainer.error(error.description)
    }
  }
}
