import GraphIR
import Operations

extension ImportFamily {
  /// Functions that pass a number on by a share that depends on it.
  static let swish = ImportFamily(
    "Swish",
    [
      ImportEntry(
        "Swish", opsets: 24...ImportCatalog.opsets.upperBound, "`x · logistic(α x)`"
      ) { (site) throws(ONNXError) in
        let alpha = try site.attributes.float("alpha", default: 1)
        let x = try site.value(0)
        return [.computed(x * (alpha == 1 ? x : x * alpha).logistic, try site.input(0).type)]
      },
      ImportEntry("Shrink", "`x − b` above λ, `x + b` below −λ, else 0") {
        (site) throws(ONNXError) in
        let bias = try site.attributes.float("bias", default: 0)
        let lambda = try site.attributes.float("lambd", default: 0.5)
        let x = try site.value(0)
        let above = x.isGreater(than: lambda) * (x - bias)
        let below = (-x).isGreater(than: lambda) * (x + bias)
        return [.computed(above + below, try site.input(0).type)]
      },
    ])
}
