import Foundation
import GraphIR
import Operations
import TensorCore
import TestSupport

/// One head of attention over five tokens behind a normalization, added to what it looks at.
struct AttentionBlock {
  /// Whether biases and offsets are not zero.
  var isBiased = true
  /// Whether later tokens are hidden from earlier ones by −∞.
  var isMasked = false

  let tokens = 5
  let width = 4

  /// The numbers of weights and offsets by name.
  var parameters: [String: [Double]] {
    var generator = SeededGenerator(seed: 23)
    var numbers: [String: [Double]] = [:]
    for name in ["q", "k", "v", "o"] {
      numbers[name] = Tensor.random([width, width], using: &generator).elements.map { Double($0) }
    }
    for name in ["bq", "bk", "bv", "bo", "beta"] {
      let random = Tensor.random([width], using: &generator).elements.map { Double($0) }
      numbers[name] = isBiased ? random : random.map { _ in 0 }
    }
    numbers["gamma"] = Tensor.random([width], using: &generator, 0.5...1.5).elements
      .map { Double($0) }
    return numbers
  }

  func build(_ builder: GraphBuilder) -> (x: Value, y: Value) {
    let numbers = parameters
    func constant(_ name: String, _ shape: Shape) -> Value {
      builder.constant(Tensor(shape: shape, elements: (numbers[name] ?? []).map { Float($0) }))
    }
    let x = builder.input("x", shape: [1, tokens, width])
    let mean = x.mean(over: .axes([2]))
    let centered = x - mean
    let deviation = ((centered * centered).mean(over: .axes([2])) + 1e-5).squareRoot
    let normal =
      centered * deviation.reciprocal * constant("gamma", [width]) + constant("beta", [width])
    func projected(_ value: Value, _ name: String) -> Value {
      value.product(
        constant(name, [1, width, width]), bias: constant("b\(name)", [width]),
        transposesRight: true)
    }
    let (q, k, v) = (projected(normal, "q"), projected(normal, "k"), projected(normal, "v"))
    var likeness = q.product(k, transposesRight: true) * Float(0.5)
    if isMasked {
      let mask = (0..<tokens * tokens).map { $0 % tokens > $0 / tokens ? -Float.infinity : 0 }
      likeness = likeness + builder.constant(Tensor(shape: [1, tokens, tokens], elements: mask))
    }
    let seen = builder.apply(Softmax(axis: 2), [likeness]).product(v)
    return (x, x + projected(seen, "o"))
  }
}
