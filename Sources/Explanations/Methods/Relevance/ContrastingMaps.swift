import GraphIR
import Operations
import TensorCore

extension MethodParameter {
  /// Whether the largest value of a map becomes 1.
  static func dividedByMaximum(default isDivided: Bool) -> MethodParameter {
    MethodParameter(
      "normalized", "whether the map is divided by its largest value at the end",
      values: isDivided ? ["true", "false"] : ["false", "true"])
  }
}

extension Value {
  private var others: AxisSelection { .axes(Array(1..<shape.rank)) }

  /// A value, or 1 where it is 0.
  private var orOne: Value {
    isEqual(to: builder.constant(0)).select(builder.constant(1), self)
  }

  /// The map of every sample divided by its sum, unless that is 0.
  var dividedBySum: Value { self / sum(over: others).orOne }

  /// The map of every sample brought to the sum of another, unless its own is 0.
  func rescaled(to other: Value) -> Value { dividedBySum * other.sum(over: others) }

  /// A difference of relevances as the settings `rectified` and `normalized` ask for.
  func finished(_ settings: MethodSettings) -> Value {
    let map = settings.isTrue("rectified") ? rectified : self
    guard settings.isTrue("normalized") else { return map }
    return map / map.absolute.maximum(over: others).orOne
  }
}
