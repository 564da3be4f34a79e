import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Products with what ONNX Runtime's optimizer found behind or before them.
  static let fusedConv = ImportFamily(
    "FusedConv",
    [
      ImportEntry(
        "FusedConv", domain: ImportEntry.runtimeDomain,
        "a convolution, a sum with another value, an activation"
      ) { (site) throws(ONNXError) in
        let bias = site.optional(2).map(site.pool.value)
        let result = try site.convolution(try site.value(0), try site.value(1), bias: bias)
        return [.computed(try activated(result, adding: site.optional(3), site), .float32)]
      },
      ImportEntry(
        "FusedGemm", domain: ImportEntry.runtimeDomain, "`α A B + β C`, an activation"
      ) { (site) throws(ONNXError) in
        let product = try site.gemm()
        let parameters = [
          try site.attributes.float("activation_alpha"),
          try site.attributes.float("activation_beta"),
        ]
        let activation = try RuntimeActivation(site, parameters: parameters.compactMap(\.self))
        return [.computed(try activation(product), .float32)]
      },
      ImportEntry(
        "FusedMatMul", domain: ImportEntry.runtimeDomain,
        "a matrix product of transposed stacks, times a number", matrixProduct),
      ImportEntry(
        "TransposeMatMul", domain: ImportEntry.runtimeDomain,
        "a matrix product of transposed stacks, times a number", matrixProduct),
    ])

  private static func activated(
    _ x: Value, adding other: ImportedValue?, _ site: ImportSite
  ) throws(ONNXError) -> Value {
    let parameters = try site.attributes.floats("activation_params") ?? []
    let activation = try RuntimeActivation(site, parameters: parameters)
    return try activation(other.map { x + site.pool.value($0) } ?? x)
  }

  private static func matrixProduct(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    func side(_ index: Int, _ name: String) throws(ONNXError) -> Value {
      let value = try site.value(index)
      let rank = value.shape.rank
      guard rank > 1 else { return value }
      var order = Array(0..<rank)
      if try site.attributes.flag("transBatch" + name, default: false), rank > 2 {
        // The rows stand before the stack.
        order = Array(1...(rank - 2)) + [0, rank - 1]
      }
      if try site.attributes.flag("trans" + name, default: false) {
        order.swapAt(rank - 1, rank - 2)
      }
      return order == Array(0..<rank) ? value : value.transposed(order)
    }
    let product = try site.matrixProduct(try side(0, "A"), try side(1, "B"))
    let alpha = try site.attributes.float("alpha", default: 1)
    return [.computed(alpha == 1 ? product : product * alpha, .float32)]
  }
}

/// An activation that ONNX Runtime's optimizer has drawn into the operator before it.
private struct RuntimeActivation {
  /// The activation with its parameters, in the order in which the optimizer writes them.
  typealias Function = @Sendable (_ x: Value, _ parameters: [Float]) -> Value

  private static let functions: [String: (parameterCount: Int, function: Function)] = [
    "": (0, { x, _ in x }),
    "Relu": (0, { x, _ in x.rectified }),
    "Sigmoid": (0, { x, _ in x.logistic }),
    "Tanh": (0, { x, _ in x.applying(.tanh) }),
    "LeakyRelu": (1, { x, p in x.rectified + p[0] * x.negative }),
    "Clip": (2, { x, p in x.applying(.clip(lower: min(p[0], p[1]), upper: p[1])) }),
    "HardSigmoid": (2, { x, p in (p[0] * x + p[1]).applying(.clip(lower: 0, upper: 1)) }),
    "HardSwish": (0, { x, _ in x * (x * (1 / 6) + 0.5).applying(.clip(lower: 0, upper: 1)) }),
    "Gelu": (0, { x, _ in x.gaussianLinear }),
  ]

  private let name: String
  private let parameters: [Float]

  /// Reads the name of the activation from the attributes of a node.
  init(_ site: ImportSite, parameters: [Float]) throws(ONNXError) {
    name = try site.attributes.text("activation", default: "")
    self.parameters = parameters
  }

  /// The activation of a value.
  ///
  /// - Throws: `ONNXError` when it is not known or lacks parameters.
  func callAsFunction(_ x: Value) throws(ONNXError) -> Value {
    guard let (count, function) = Self.functions[name] else {
      throw ONNXError(.outOfScope, "activation \"\(name)\" is not known")
    }
    guard parameters.count >= count else {
      throw ONNXError(.malformedFile, "activation \(name) needs \(count) parameters")
    }
    return function(x, parameters)
  }
}
