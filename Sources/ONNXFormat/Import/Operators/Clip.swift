import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Limits from attributes (before operator set 11) or inputs.
  static let clip = ImportFamily(
    "Clip", [ImportEntry("Clip", "limits to a range", clip)])

  private static func clip(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    let lower = try limit(site, "min", 1)
    let upper = try limit(site, "max", 2)
    let numbers = [lower, upper].map { $0.map { $0.known } }
    // Limits that are absent or known make one core operation.
    let isLowerKnown = numbers[0].map { $0 != nil } ?? true
    let isUpperKnown = numbers[1].map { $0 != nil } ?? true
    if isLowerKnown, isUpperKnown {
      let low = try number(lower, standard: -.infinity)
      let high = try number(upper, standard: .infinity)
      // Where the limits cross, the upper one wins, as ONNX says.
      return [site.unary(input, .clip(lower: min(low, high), upper: high))]
    }
    var result = input
    if let lower { result = try site.binary(result, lower, .maximum) }
    if let upper { result = try site.binary(result, upper, .minimum) }
    return [result]
  }

  private static func limit(
    _ site: ImportSite, _ attribute: String, _ index: Int
  ) throws(ONNXError) -> ImportedValue? {
    if let number = try site.attributes.float(attribute) {
      return .known(HostTensor(shape: [], floats: [number]))
    }
    return site.optional(index)
  }

  private static func number(
    _ limit: ImportedValue?, standard: Float
  ) throws(ONNXError) -> Float {
    guard let known = limit?.known else { return standard }
    guard known.count == 1, !known.floats[0].isNaN else {
      throw ONNXError(.malformedFile, "a limit of shape \(known.shape) is not a single number")
    }
    return known.floats[0]
  }
}
