import GraphIR
import Operations
import TensorCore

extension Unary: SampleFreeForm {
  /// The operator of the function.
  func export(_ site: ExportSite) -> ExportedValue {
    guard case .clip(let lower, let upper) = function else {
      return site.result(function.onnxOperator, site.inputs)
    }
    let limits = [lower, upper].map { site.constant(Tensor($0)) }
    return site.result(function.onnxOperator, site.inputs + limits)
  }
}

extension UnaryFunction {
  /// The ONNX operator that computes the function.
  fileprivate var onnxOperator: String {
    switch self {
    case .negate: "Neg"
    case .absolute: "Abs"
    case .sign: "Sign"
    case .exponential: "Exp"
    case .logarithm: "Log"
    case .squareRoot: "Sqrt"
    case .reciprocal: "Reciprocal"
    case .rectify: "Relu"
    case .clip: "Clip"
    case .tanh: "Tanh"
    case .logistic: "Sigmoid"
    case .errorFunction: "Erf"
    case .sine: "Sin"
    case .cosine: "Cos"
    case .arctangent: "Atan"
    case .floor: "Floor"
    case .ceiling: "Ceil"
    case .round, .roundStraightThrough: "Round"
    case .held: "Identity"
    }
  }
}

extension Binary: SampleFreeForm {
  /// The operator of the function; comparisons give truth values, which become 0 and 1.
  func export(_ site: ExportSite) -> ExportedValue {
    guard function.isComparison else { return site.result(function.onnxOperator, site.inputs) }
    let truth = site.result(function.onnxOperator, site.inputs)
    return site.numbers(truth)
  }
}

extension BinaryFunction {
  /// The ONNX operator that computes the function.
  fileprivate var onnxOperator: String {
    switch self {
    case .add: "Add"
    case .subtract: "Sub"
    case .multiply: "Mul"
    case .divide: "Div"
    case .maximum: "Max"
    case .minimum: "Min"
    case .power: "Pow"
    case .less: "Less"
    case .lessOrEqual: "LessOrEqual"
    case .equal: "Equal"
    }
  }
}

extension Select: SampleFreeForm {
  /// `Where` on the truth of "not zero".
  func export(_ site: ExportSite) -> ExportedValue {
    site.result("Where", [site.truth(site.inputs[0])] + site.inputs.dropFirst())
  }
}
