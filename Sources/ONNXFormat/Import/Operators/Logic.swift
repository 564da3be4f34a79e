import Operations
import TensorCore

extension ImportFamily {
  /// Logic on booleans, which are 0 and 1.
  static let logic = ImportFamily(
    "Logic",
    [
      ImportEntry("And", "the product of truth values", and),
      ImportEntry("Or", "the maximum of truth values", or),
      ImportEntry("Not", "equality with 0", not),
      ImportEntry("Xor", "whether truth values differ") { (site) throws(ONNXError) in
        let (left, right) = try site.broadcastOperands()
        return [site.unary(try site.binary(left, right, .subtract), .absolute)]
      },
    ])

  private static func and(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (left, right) = try site.broadcastOperands()
    return [try site.binary(left, right, .minimum)]
  }

  private static func or(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (left, right) = try site.broadcastOperands()
    return [try site.binary(left, right, .maximum)]
  }

  private static func not(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    let zero = ImportedValue.known(HostTensor(shape: [], integers: [0], type: input.type))
    return [try site.binary(input, zero, .equal)]
  }
}
