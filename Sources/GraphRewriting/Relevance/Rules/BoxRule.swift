import Catalogs
public import GraphIR
import Operations
import TensorCore

/// The z^B rule: for inputs that lie between known bounds, `x w − l w⁺ − h w⁻`.
///
/// Montavon et al. 2017 (arXiv 1512.02479), equation 17; for first layers.
public struct BoxRule: RelevanceRule {
  /// The lowest possible value per channel; one number stands for all; nil means the lowest number
  /// of the sample.
  public let lower: [Float]?

  /// The highest possible value per channel; as `lower`.
  public let upper: [Float]?

  /// Creates the rule.
  public init(lower: [Float]? = nil, upper: [Float]? = nil) {
    self.lower = lower
    self.upper = upper
  }

  /// The bias takes no part; a number of bounds that does not fit is a failure of the builder.
  public func inputRelevance(at site: LinearSite) -> Value {
    let (x, w) = (site.input, site.map.weights)
    let all = Array(1..<max(x.shape.rank, 1))
    let low = bound(lower, x) ?? x.reduced(.minimum, over: all).broadcast(to: x.shape)
    let high = bound(upper, x) ?? x.reduced(.maximum, over: all).broadcast(to: x.shape)
    return site.proportional(
      to: [(x, w), (low, -w.positive), (high, -w.negative)], .tiny)
  }

  private func bound(_ numbers: [Float]?, _ x: Value) -> Value? {
    guard let numbers else { return nil }
    guard x.shape.rank >= 2, numbers.count == 1 || numbers.count == x.shape[1] else {
      x.builder.fail(
        GraphError(
          .relevanceUndefined,
          "box: \(numbers.count) bounds for an input \(x.shape); give one, or one per channel"))
      return nil
    }
    let ones = [Int](repeating: 1, count: x.shape.rank - 2)
    return x.builder.constant(Tensor(shape: Shape([1, numbers.count] + ones), elements: numbers))
      .broadcast(to: x.shape)
  }

  private static let low = Parameter<[Float]>(
    "low", "lowest input; of the sample if not given", standard: [], .numbers)

  private static let high = Parameter<[Float]>(
    "high", "highest input; of the sample if not given", standard: [], .numbers)

  static let entry = RelevanceRuleEntry(
    id: "box", summary: "for inputs between bounds; the bounds of the sample unless given",
    parameters: [low, high]
  ) { settings, _ throws(GraphError) in
    let (low, high) = (settings[low], settings[high])
    if let lowest = low.max(), let highest = high.min(), lowest > highest,
      low.count != high.count || !zip(low, high).allSatisfy({ $0 <= $1 })
    {
      throw GraphError(
        .relevanceUndefined, "box: low \(low) should not exceed high \(high)")
    }
    return BoxRule(lower: low.isEmpty ? nil : low, upper: high.isEmpty ? nil : high)
  }
}
