import Operations

extension ImportFamily {
  /// A rectifier with a step.
  static let thresholdedRelu = ImportFamily(
    "ThresholdedRelu",
    [
      ImportEntry("ThresholdedRelu", "`x` where `x > α`, else 0") { (site) throws(ONNXError) in
        let alpha = try site.attributes.float("alpha", default: 1)
        let x = try site.value(0)
        return [.computed(x * x.isGreater(than: alpha), .float32)]
      }
    ])
}
