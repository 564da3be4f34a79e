import Operations

extension ImportFamily {
  /// Piecewise linear gates.
  static let hardSigmoid = ImportFamily(
    "HardSigmoid",
    [
      ImportEntry("HardSigmoid", "`αx + β` clipped to 0…1") { (site) throws(ONNXError) in
        let alpha = try site.attributes.float("alpha", default: 0.2)
        let beta = try site.attributes.float("beta", default: 0.5)
        let x = try site.value(0)
        return [.computed((alpha * x + beta).applying(.clip(lower: 0, upper: 1)), .float32)]
      },
      ImportEntry("HardSwish", "`x` times `x/6 + ½` clipped to 0…1") { (site) throws(ONNXError) in
        let x = try site.value(0)
        let gate = (x * (1 / 6) + 0.5).applying(.clip(lower: 0, upper: 1))
        return [.computed(x * gate, .float32)]
      },
    ])
}
