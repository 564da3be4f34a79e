/// What a user says about the outputs of a network.
public struct OutputSettings: Hashable, Sendable {
  /// What the numbers of an output are.
  public enum Meaning: String, Hashable, Sendable, CaseIterable, Codable {
    /// Raw scores that a softmax belongs behind; a logistic function where there is one for each.
    case logits
    /// Probabilities.
    case probabilities
    /// Measured quantities, coordinates, or anything else that is no score of a class.
    case values

    /// The meaning that a text begins with, as in `logits (before a softmax)`; nil for others.
    init?(firstWordOf text: String) {
      self.init(rawValue: String(text.prefix { $0.isLetter }).lowercased())
    }
  }

  /// The name of the output that is explained; the one that looks most like classes when nil.
  public var name: String?

  /// What its numbers are, where the network does not say.
  public var meaning: Meaning?

  /// The axis of the output, in the file, along which classes lie; found when nil.
  public var classAxis: Int?

  /// The first index along that axis that is a class; others stand before it, such as boxes.
  public var firstClass: Int?

  /// The first index after the classes; none is when nil.
  public var classEnd: Int?

  /// Says nothing.
  public init() {}
}
