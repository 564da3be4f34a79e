import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct LinearityContractTests {
  /// `f(a) + f(b) = 2 f((a + b) / 2)` for every set of inputs that is said to be linear together,
  /// and for none that no term names.
  @Test(arguments: OperationCatalog.samples)
  func `linear is what is linear`(sample: OperationSample) throws {
    let linearity = try sample.core.linearity(inputCount: sample.inputs.count)
    for choice in 1..<(1 << sample.inputs.count) {
      let inputs = Set(sample.inputs.indices.filter { choice >> $0 & 1 == 1 })
      if linearity.isLinear(in: inputs) {
        #expect(try deviation(sample, inputs) < 1e-9, "\(inputs)")
      } else if inputs.count == 1, try hasInfluence(sample, inputs) {
        #expect(try deviation(sample, inputs) > 1e-3, "\(inputs)")
      }
    }
  }

  @Test(arguments: OperationCatalog.samples)
  func `terms with an input of zeros vanish`(sample: OperationSample) throws {
    let linearity = try sample.core.linearity(inputCount: sample.inputs.count)
    var generator = SeededGenerator(seed: 5)
    for input in sample.inputs.indices {
      guard let rest = linearity.terms(whereZero: [input]), rest.allSatisfy({ $0.count == 1 })
      else { continue }
      var inputs = sample.inputs.map {
        ReferenceTensor.random($0.shape, .positive, using: &generator)
      }
      inputs[input] = ReferenceTensor(shape: inputs[input].shape)
      // What no other term needs does not matter any longer.
      var changed = inputs
      for other in inputs.indices where rest.isEmpty || linearity.terms.contains([input, other]) {
        guard other != input, !rest.contains([other]) else { continue }
        changed[other] = .random(inputs[other].shape, .positive, using: &generator)
      }
      let result = try sample.evaluate(inputs)
      #expect(try sample.evaluate(changed) == result)
      if rest.isEmpty { #expect(result.elements.allSatisfy { $0 == 0 }) }
    }
  }

  /// How far the result is from linear in some inputs together.
  private func deviation(_ sample: OperationSample, _ inputs: Set<Int>) throws -> Double {
    try largest(sample, inputs) { a, b, middle in abs(a + b - 2 * middle) }
  }

  private func hasInfluence(_ sample: OperationSample, _ inputs: Set<Int>) throws -> Bool {
    try largest(sample, inputs) { a, b, _ in abs(a - b) } > 1e-9
  }

  /// The largest of what is measured at two points and between them.
  private func largest(
    _ sample: OperationSample, _ inputs: Set<Int>, _ measure: (Double, Double, Double) -> Double
  ) throws -> Double {
    var generator = SeededGenerator(seed: 7)
    var largest = 0.0
    for kind in NumberKind.allCases + NumberKind.allCases {
      let a = sample.inputs.map { ReferenceTensor.random($0.shape, kind, using: &generator) }
      var (b, middle) = (a, a)
      for input in inputs {
        b[input] = .random(a[input].shape, kind, using: &generator)
        for index in b[input].elements.indices {
          middle[input].elements[index] = (a[input].elements[index] + b[input].elements[index]) / 2
        }
      }
      let results = try [a, b, middle].map { try sample.evaluate($0).elements }
      for index in results[0].indices {
        let value = measure(results[0][index], results[1][index], results[2][index])
        if value.isFinite { largest = max(largest, value) }
      }
    }
    return largest
  }
}
