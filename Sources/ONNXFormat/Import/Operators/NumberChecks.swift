import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Which numbers are none, or infinite.
  static let numberChecks = ImportFamily(
    "NumberChecks",
    [
      ImportEntry("IsNaN", "whether a number differs from itself") { (site) throws(ONNXError) in
        let x = try site.value(0)
        return [.computed(x.isEqual(to: x).isEqual(to: site.builder.constant(0)), .bool)]
      },
      ImportEntry("IsInf", "equality with an infinity") { (site) throws(ONNXError) in
        let x = try site.value(0)
        let infinity = site.builder.constant(Float.infinity)
        let isPositive = try site.attributes.flag("detect_positive", default: true)
        let isNegative = try site.attributes.flag("detect_negative", default: true)
        guard isPositive || isNegative else { return [.computed(x.isEqual(to: -x) * 0, .bool)] }
        let candidate = isPositive ? (isNegative ? x.absolute : x) : -x
        return [.computed(candidate.isEqual(to: infinity), .bool)]
      },
    ])
}
