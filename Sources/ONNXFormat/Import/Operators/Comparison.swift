import Operations

extension ImportFamily {
  /// Comparisons, which give 0 or 1.
  static let comparison = ImportFamily(
    "Comparison",
    [
      comparison("Equal", .equal), comparison("Less", .less),
      comparison("LessOrEqual", .lessOrEqual),
      comparison("Greater", .less, isSwapped: true),
      comparison("GreaterOrEqual", .lessOrEqual, isSwapped: true),
    ])

  private static func comparison(
    _ operatorType: String, _ function: BinaryFunction, isSwapped: Bool = false
  ) -> ImportEntry {
    ImportEntry(operatorType, "1 where the comparison holds, else 0") { (site) throws(ONNXError) in
      let (left, right) = try site.broadcastOperands()
      return [try site.binary(isSwapped ? right : left, isSwapped ? left : right, function)]
    }
  }
}
