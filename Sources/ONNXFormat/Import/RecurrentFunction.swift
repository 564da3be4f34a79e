import GraphIR
import Operations

/// A function between the gates and the state of a recurrent layer.
struct RecurrentFunction: Sendable {
  private let name: String
  private let alpha: Float
  private let beta: Float

  /// The functions that take settings, with their defaults; the others take none.
  private static let settings: [String: (alpha: Float, beta: Float?)] = [
    "affine": (1, 0), "leakyrelu": (0.01, nil), "thresholdedrelu": (1, nil),
    "scaledtanh": (1, 1), "hardsigmoid": (0.2, 0.5), "elu": (1, nil),
  ]

  private static let plain: Set = ["relu", "tanh", "sigmoid", "softsign", "softplus"]

  /// Reads the functions of all directions of a layer, in order.
  ///
  /// Settings are consumed by the functions that take them; where they end, defaults follow.
  ///
  /// - Parameters:
  ///   - attributes: Those of the node.
  ///   - standard: The functions of one direction when none are named.
  ///   - directions: How many directions there are.
  /// - Returns: The functions of the first direction, then those of the second.
  /// - Throws: `ONNXError` when a function is not known or there are not as many as needed.
  static func read(
    _ attributes: NodeAttributes, default standard: [String], directions: Int
  ) throws(ONNXError) -> [RecurrentFunction] {
    let all = Array(repeating: standard, count: directions).flatMap(\.self)
    let names = try attributes.texts("activations") ?? all
    var alphas = (try attributes.floats("activation_alpha") ?? [])[...]
    var betas = (try attributes.floats("activation_beta") ?? [])[...]
    guard names.count == all.count else {
      throw ONNXError(.malformedFile, "\(names.count) activations where \(all.count) are needed")
    }
    return try names.map { (name) throws(ONNXError) in
      let name = name.lowercased()
      guard let defaults = settings[name] else {
        guard plain.contains(name) else {
          throw ONNXError(.outOfScope, "activation \"\(name)\" is not known")
        }
        return RecurrentFunction(name: name, alpha: 1, beta: 0)
      }
      return RecurrentFunction(
        name: name, alpha: alphas.popFirst() ?? defaults.alpha,
        beta: defaults.beta.map { betas.popFirst() ?? $0 } ?? 0)
    }
  }

  /// The function of every number of a value.
  func callAsFunction(_ x: Value) -> Value {
    switch name {
    case "relu": x.rectified
    case "tanh": x.applying(.tanh)
    case "sigmoid": x.logistic
    case "affine": x * alpha + beta
    case "leakyrelu": x.positive + x.negative * alpha
    case "thresholdedrelu": x.isGreater(than: alpha) * x
    case "scaledtanh": (x * beta).applying(.tanh) * alpha
    case "hardsigmoid": (x * alpha + beta).applying(.clip(lower: 0, upper: 1))
    case "elu": x.positive + (x.negative.exponential - 1) * alpha
    case "softsign": x / (x.absolute + 1)
    default: x.positive + ((-x.absolute).exponential + 1).logarithm
    }
  }
}
