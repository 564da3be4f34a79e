import Operations
import TensorCore

extension ImportFamily {
  /// Remainders.
  static let mod = ImportFamily(
    "Mod", [ImportEntry("Mod", "`x − y · ⌊x / y⌋`, or with the sign of `x` (`fmod`)", mod)])

  private static func mod(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (x, y) = (try site.input(0), try site.input(1))
    let keepsSign = try site.attributes.flag("fmod", default: false)
    if let a = x.foldable, let b = y.foldable, let shape = a.shape.broadcast(with: b.shape),
      shape.elementCount <= HostTensor.maximumFoldedCount
    {
      let pairs = zip(a.broadcast(to: shape).doubles, b.broadcast(to: shape).doubles)
      return [
        .known(
          HostTensor(
            shape: shape, type: x.type,
            doubles: pairs.map { x, y in
              let quotient = x / y
              return x - y * quotient.rounded(keepsSign ? .towardZero : .down)
            }))
      ]
    }
    let (left, right) = (site.pool.value(x), site.pool.value(y))
    let quotient = left / right
    let whole = keepsSign ? site.truncated(quotient) : quotient.applying(.floor)
    return [.computed(left - right * whole, x.type)]
  }
}
