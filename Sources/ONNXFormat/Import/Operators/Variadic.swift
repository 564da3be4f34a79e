import Operations
import TensorCore

extension ImportFamily {
  /// Functions of any number of values.
  static let variadic = ImportFamily(
    "Variadic",
    [
      ImportEntry("Sum", "the sum of all inputs") { (site) throws(ONNXError) in
        [try folded(site, .add)]
      },
      ImportEntry("Max", "the largest of all inputs") { (site) throws(ONNXError) in
        [try folded(site, .maximum)]
      },
      ImportEntry("Min", "the smallest of all inputs") { (site) throws(ONNXError) in
        [try folded(site, .minimum)]
      },
      ImportEntry("Mean", "the sum of all inputs divided by their number", mean),
    ])

  private static func folded(
    _ site: ImportSite, _ function: BinaryFunction
  ) throws(ONNXError) -> ImportedValue {
    let inputs = try site.allInputs()
    var result = inputs[0]
    for input in inputs.dropFirst() { result = try site.binary(result, input, function) }
    return result
  }

  private static func mean(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let sum = try folded(site, .add)
    let share = HostTensor(shape: [], floats: [1 / Float(max(site.inputs.count, 1))])
    return [try site.binary(sum, .known(share), .multiply)]
  }
}
