package import GraphIR

/// A relevance rule as a composite names it: one of the catalog with its numbers, or one's own.
///
/// In JSON, `{"rule": "gamma", "gamma": 0.25, "bias": "ignored"}`; a number may be a list with one
/// entry for each channel where the rule allows it, as the bounds of `box` do.
public struct RuleChoice: Hashable, Sendable {
  /// The id of the rule; what one's own rule is described by.
  public let id: String

  /// The numbers that differ from what is usual.
  public let numbers: [String: [Float]]

  /// What becomes of the bias; what is usual for the rule when nil.
  ///
  /// A rule of one's own decides itself.
  public var bias: BiasHandling?

  private let own: OwnRule?

  /// Chooses a rule of the catalog.
  ///
  /// - Parameters:
  ///   - id: As listed by the catalog.
  ///   - numbers: The numbers that differ from what is usual.
  ///   - bias: What becomes of the bias; what is usual for the rule when nil.
  public init(_ id: String, _ numbers: [String: [Float]] = [:], bias: BiasHandling? = nil) {
    self.id = id
    self.numbers = numbers
    self.bias = bias
    own = nil
  }

  /// Chooses a rule that was made, which may be one's own; it cannot be read from JSON.
  public init(_ rule: any RelevanceRule) {
    id = "\(rule)"
    numbers = [:]
    own = OwnRule(rule: rule)
  }

  /// Makes the rule.
  ///
  /// - Parameter general: What becomes of biases where the choice does not say it.
  /// - Returns: The rule.
  /// - Throws: `GraphError` for an unknown rule or number, with what there is.
  package func rule(bias general: BiasHandling?) throws(GraphError) -> any RelevanceRule {
    if let own { return own.rule }
    return try RelevanceRuleCatalog.rule(id).make(numbers, bias: bias ?? general)
  }
}

/// A rule as a value that can be compared.
private struct OwnRule: Hashable, Sendable {
  let rule: any RelevanceRule

  static func == (left: OwnRule, right: OwnRule) -> Bool {
    AnyHashable(left.rule) == AnyHashable(right.rule)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(rule)) }
}

extension RuleChoice: Codable {
  /// Reads `rule`, `bias`, and every other key as a number or a list of numbers.
  ///
  /// - Throws: `GraphError` for values of another kind.
  public init(from decoder: any Decoder) throws {
    let object = try ObjectReader(decoder, "a rule")
    guard let id = try object.text("rule") else {
      throw ObjectReader.error("\(object.place) has no \"rule\", such as \"z-plus\"")
    }
    var numbers: [String: [Float]] = [:]
    for name in object.names where name != "rule" && name != "bias" {
      numbers[name] = try object.numbers(name)
    }
    self.init(id, numbers, bias: try object.choice("bias"))
  }

  /// Writes the same form; a list of one number as the number.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnyKey.self)
    try container.encode(id, forKey: AnyKey("rule"))
    try container.encodeIfPresent(bias, forKey: AnyKey("bias"))
    for (name, values) in numbers {
      if values.count == 1 {
        try container.encode(values[0], forKey: AnyKey(name))
      } else {
        try container.encode(values, forKey: AnyKey(name))
      }
    }
  }
}
