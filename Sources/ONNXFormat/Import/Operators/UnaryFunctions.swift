import Operations

extension ImportFamily {
  /// Functions of one number that are core operations themselves.
  static let unaryFunctions = ImportFamily(
    "UnaryFunctions",
    [
      unary("Abs", .absolute), unary("Atan", .arctangent), unary("Ceil", .ceiling),
      unary("Cos", .cosine),
      unary("Erf", .errorFunction), unary("Exp", .exponential), unary("Floor", .floor),
      unary("Log", .logarithm), unary("Neg", .negate), unary("Reciprocal", .reciprocal),
      unary("Relu", .rectify), unary("Round", .round), unary("Sigmoid", .logistic),
      unary("Sign", .sign), unary("Sin", .sine), unary("Sqrt", .squareRoot), unary("Tanh", .tanh),
    ])

  private static func unary(_ operatorType: String, _ function: UnaryFunction) -> ImportEntry {
    ImportEntry(operatorType, "\(function) of every number") { (site) throws(ONNXError) in
      [site.unary(try site.input(0), function)]
    }
  }
}
