import ONNXSchema
import TensorCore

extension ImportFamily {
  /// Constants written as nodes.
  static let constant = ImportFamily(
    "Constant", [ImportEntry("Constant", "known numbers", constant)])

  private static func constant(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let attributes = site.attributes
    if let tensor = try attributes.tensor("value") {
      var decoded = try site.decoder.decode(tensor)
      decoded.name = nil
      return [.known(decoded)]
    }
    if let number = try attributes.float("value_float") {
      return [.known(HostTensor(shape: [], floats: [number]))]
    }
    if let number = try attributes.integer("value_int") {
      return [.known(HostTensor(shape: [], integers: [number]))]
    }
    if let numbers = try attributes.floats("value_floats") {
      return [.known(HostTensor(shape: [numbers.count], floats: numbers))]
    }
    if let numbers = try attributes.integers("value_ints") {
      return [.known(HostTensor(shape: [numbers.count], integers: numbers))]
    }
    throw ONNXError(.outOfScope, "constants of text or sparse constants are not supported")
  }
}
