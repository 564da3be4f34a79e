import Operations

extension ImportFamily {
  /// Exponential linear units: linear above zero, saturating below.
  static let elu = ImportFamily(
    "Elu",
    [
      ImportEntry("Elu", "`max(x, 0) + α (exp(min(x, 0)) − 1)`") { (site) throws(ONNXError) in
        let alpha = try site.attributes.float("alpha", default: 1)
        let x = try site.value(0)
        return [.computed(x.rectified + alpha * (x.negative.exponential - 1), .float32)]
      },
      ImportEntry("Selu", "`γ` times an Elu") { (site) throws(ONNXError) in
        let alpha = try site.attributes.float("alpha", default: 1.673_263_2)
        let gamma = try site.attributes.float("gamma", default: 1.050_701)
        let x = try site.value(0)
        let exponential = (gamma * alpha) * (x.negative.exponential - 1)
        return [.computed(gamma * x.rectified + exponential, .float32)]
      },
      ImportEntry("Celu", "`max(x, 0) + α (exp(min(x, 0) / α) − 1)`") { (site) throws(ONNXError) in
        let alpha = try site.attributes.float("alpha", default: 1)
        let x = try site.value(0)
        let exponential = alpha * ((x.negative / alpha).exponential - 1)
        return [.computed(x.rectified + exponential, .float32)]
      },
    ])
}
