import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Sums that ONNX Runtime's optimizer has joined with what follows them.
  static let skipLayerNormalization = ImportFamily(
    "SkipLayerNormalization",
    [
      ImportEntry(
        "SkipLayerNormalization", domain: ImportEntry.runtimeDomain,
        "LayerNormalization of a sum"
      ) { (site) throws(ONNXError) in
        let sum = try sum(site, bias: 4)
        let epsilon = try site.attributes.float("epsilon", default: 1e-12)
        let parts = sum.normalized(over: [sum.shape.rank - 1], epsilon: epsilon)
        var result = parts.result * (try site.value(2))
        if let shift = site.optional(3) { result = result + site.pool.value(shift) }
        return [result, parts.mean, parts.inverseDeviation, sum].map { .computed($0, .float32) }
      },
      ImportEntry(
        "SkipSimplifiedLayerNormalization", domain: ImportEntry.runtimeDomain,
        "division of a sum by the root of its mean square"
      ) { (site) throws(ONNXError) in
        let sum = try sum(site, bias: 3)
        let epsilon = try site.attributes.float("epsilon", default: 1e-5)
        let scale = sum.inverseMagnitude(over: [sum.shape.rank - 1], epsilon: epsilon)
        let result = sum * scale * (try site.value(2))
        // ONNX Runtime gives no mean; the value at its place is used by nobody.
        return [result, scale, scale, sum].map { .computed($0, .float32) }
      },
      // ONNX Runtime writes this one into the domain of the standard, which does not know it.
      ImportEntry(
        "SimplifiedLayerNormalization", "division by the root of the mean square"
      ) { (site) throws(ONNXError) in
        let x = try site.value(0, minimumRank: 1)
        let given = try site.attributes.integer("axis", default: -1)
        let axes = Array(try site.axis(given, rank: x.shape.rank)..<x.shape.rank)
        let epsilon = try site.attributes.float("epsilon", default: 1e-5)
        let scale = x.inverseMagnitude(over: axes, epsilon: epsilon)
        return [x * scale * (try site.value(1)), scale].map { .computed($0, .float32) }
      },
      ImportEntry("BiasAdd", domain: ImportEntry.runtimeDomain, "a sum of three") {
        (site) throws(ONNXError) in
        [.computed(try site.value(0) + (try site.value(1)) + (try site.value(2)), .float32)]
      },
      ImportEntry("BiasSoftmax", domain: ImportEntry.runtimeDomain, "a softmax of a sum", softmax),
    ])

  private static func sum(_ site: ImportSite, bias: Int) throws(ONNXError) -> Value {
    let sum = try site.value(0, minimumRank: 1) + (try site.value(1))
    return try site.checked(site.optional(bias).map { sum + site.pool.value($0) } ?? sum)
  }

  /// The bias is repeated along axes in the middle, or along the first ones.
  private static func softmax(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0, minimumRank: 1)
    var bias = try site.value(1)
    let axis = try site.axis(try site.attributes.integer("axis", default: 1), rank: x.shape.rank)
    guard axis == x.shape.rank - 1 else {
      throw ONNXError(.outOfScope, "a softmax over several axes")
    }
    let added = x.shape.rank - bias.shape.rank
    if added > 0, bias.shape.rank > 0,
      try site.attributes.flag("is_inner_broadcast", default: true)
    {
      let ones = [Int](repeating: 1, count: added)
      bias = bias.reshaped(
        to: Shape([bias.shape[0]] + ones + bias.shape.extents.dropFirst()))
    }
    let sum = try site.checked(x + bias)
    return [.computed(site.builder.apply(Softmax(axis: axis), [sum]), .float32)]
  }
}

extension Value {
  /// `1 / √(mean x² + ε)` over axes, which keep extent 1.
  fileprivate func inverseMagnitude(over axes: [Int], epsilon: Float) -> Value {
    ((self * self).mean(over: .axes(axes)) + epsilon).squareRoot.reciprocal
  }
}
