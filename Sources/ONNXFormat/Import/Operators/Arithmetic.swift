import Operations
import TensorCore

extension ImportFamily {
  /// Functions of two numbers.
  static let arithmetic = ImportFamily(
    "Arithmetic",
    [
      binary("Add", .add), binary("Sub", .subtract), binary("Mul", .multiply),
      binary("Div", .divide), binary("Pow", .power),
    ])

  private static func binary(_ operatorType: String, _ function: BinaryFunction) -> ImportEntry {
    ImportEntry(operatorType, "\(function) with broadcasting") { (site) throws(ONNXError) in
      let (left, right) = try site.broadcastOperands()
      return [try site.binary(left, right, function)]
    }
  }
}

extension ImportSite {
  /// The two operands, aligned by the `axis` attribute that operator sets before 7 had.
  func broadcastOperands() throws(ONNXError) -> (ImportedValue, ImportedValue) {
    let (left, right) = (try input(0), try input(1))
    guard opset < 7, try attributes.flag("broadcast", default: false),
      let axis = try attributes.integer("axis")
    else { return (left, right) }
    let first = try self.axis(axis, rank: left.shape.rank)
    let after = left.shape.rank - first - right.shape.rank
    guard after >= 0 else {
      throw ONNXError(
        .malformedFile, "\(right.shape) does not fit \(left.shape) from axis \(axis) on")
    }
    let shape = Shape(right.shape.extents + Array(repeating: 1, count: after))
    return (left, try reshaped(right, to: shape))
  }
}
