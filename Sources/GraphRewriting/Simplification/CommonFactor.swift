import GraphIR
import Operations
import TensorCore

/// `a · b + a · c` is `a · (b + c)`, where the three have one shape.
///
/// Where relevance meets again before a residual branch, both parts are multiples of what the
/// branches received; the kernel that computes `b` then takes in the sum and the product.
enum CommonFactor {
  static func apply(_ site: Rebuild.Site) -> Value? {
    guard let sum = site.node.operation as? Binary, sum.function == .add,
      let left = factors(site.inputs[0]), let right = factors(site.inputs[1]),
      left[0].id != left[1].id, right[0].id != right[1].id
    else { return nil }
    for place in 0...1 {
      guard let other = right.firstIndex(where: { $0.id == left[place].id }) else { continue }
      let (factor, rests) = (left[place], (left[1 - place], right[1 - other]))
      guard factor.shape == site.node.shape, rests.0.shape == factor.shape,
        rests.1.shape == factor.shape
      else { continue }
      return factor * (rests.0 + rests.1)
    }
    return nil
  }

  /// The two factors of a product of computed values.
  private static func factors(_ value: Value) -> [Value]? {
    guard let product = value.node.operation as? Binary, product.function == .multiply else {
      return nil
    }
    return value.node.inputs.map(value.builder.value)
  }
}
