import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Normalization over the last axes.
  static let layerNormalization = ImportFamily(
    "LayerNormalization",
    [
      ImportEntry("LayerNormalization", "mean 0 and variance 1 over the last axes, then linear") {
        (site) throws(ONNXError) in
        let x = try site.value(0, minimumRank: 1)
        let given = try site.attributes.integer("axis", default: -1)
        let axis = try site.axis(given, rank: x.shape.rank)
        let epsilon = try site.attributes.float("epsilon", default: 1e-5)
        let parts = x.normalized(over: Array(axis..<x.shape.rank), epsilon: epsilon)
        var result = parts.result * (try site.value(1))
        if let bias = site.optional(2) { result = result + site.pool.value(bias) }
        return [result, parts.mean, parts.inverseDeviation].map { .computed($0, .float32) }
      },
      ImportEntry(
        "RMSNormalization", opsets: 23...ImportCatalog.opsets.upperBound,
        "divided by the root of the mean square over the last axes, then scaled"
      ) { (site) throws(ONNXError) in
        let x = try site.value(0, minimumRank: 1)
        let given = try site.attributes.integer("axis", default: -1)
        let axes = Array(try site.axis(given, rank: x.shape.rank)..<x.shape.rank)
        let epsilon = try site.attributes.float("epsilon", default: 1e-5)
        let power = (x * x).mean(over: .axes(axes)) + epsilon
        return [.computed(x * power.squareRoot.reciprocal * (try site.value(1)), .float32)]
      },
    ])
}
