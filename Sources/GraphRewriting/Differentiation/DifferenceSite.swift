import GraphIR
import Operations
import TensorCore

/// An operation that is not linear and has a rule for differences.
protocol RescaledOperation {
  /// The multipliers of the inputs; nil where there are none.
  func inputMultipliers(at site: DifferenceSite) throws(GraphError) -> [Value?]
}

/// One operation, computed with an input and with a baseline in its place.
struct DifferenceSite {
  let operation: any Operation
  let inputs: [Value]
  let output: Value
  /// What it received with the baseline.
  let otherInputs: [Value]
  /// What it computed with the baseline.
  let otherOutput: Value
  /// The multiplier of the output, of its shape.
  let multiplier: Value
  /// For every input, whether it differs between the two.
  let isInfluenced: [Bool]

  /// The multipliers of the inputs; nil where there are none.
  func inputMultipliers() throws(GraphError) -> [Value?] {
    if isProductOfTwo { return try gradients(at: averages) }
    guard let operation = operation as? any RescaledOperation else {
      return try gradients(at: inputs)
    }
    return try operation.inputMultipliers(at: self)
  }

  /// Whether the result is a sum of products of at most two values that differ, and of a rest that
  /// does not: then the mean of both sides of each product gives the difference exactly.
  private var isProductOfTwo: Bool {
    guard let core = operation as? any CoreOperation else { return false }
    let influenced = Set(isInfluenced.indices.filter { isInfluenced[$0] })
    let terms = core.linearity(inputCount: inputs.count).terms
    return influenced.isSubset(of: terms.joined())
      && terms.allSatisfy { influenced.intersection($0).count <= 2 }
  }

  private var averages: [Value] {
    inputs.indices.map { isInfluenced[$0] ? 0.5 * (inputs[$0] + otherInputs[$0]) : inputs[$0] }
  }

  /// The gradients at some inputs; only linear operations may be asked away from where they stand.
  func gradients(
    at inputs: [Value], of amount: Value? = nil
  ) throws(GraphError) -> [Value?] {
    guard let operation = operation as? any DifferentiableOperation else {
      throw GraphError(.notDifferentiable, "\(type(of: operation).name) has no gradient")
    }
    return operation.inputGradients(
      at: GradientSite(
        inputs: inputs, output: output, outputGradient: amount ?? multiplier,
        isNeeded: isInfluenced))
  }
}

// The rules.
extension DifferenceSite {
  /// The least difference that is divided by; below it the gradient is taken.
  private static let leastDifference: Float = 1e-6

  /// The difference of the result per difference of one input, which has the shape of the result.
  func rescaled(_ input: Int) throws(GraphError) -> Value? {
    let change = inputs[input] - otherInputs[input]
    let gradient =
      try gradients(at: inputs)[input] ?? output.builder.constant(0).broadcast(to: change.shape)
    let differs = change.absolute.isGreater(than: Self.leastDifference)
    let slope = (output - otherOutput) / differs.choosing(change, else: output.builder.constant(1))
    return differs.choosing(multiplier * slope, else: gradient)
  }

  /// What the two inputs differ by, and what they do with the baseline.
  var gap: (now: Value, before: Value) {
    (inputs[0] - inputs[1], otherInputs[0] - otherInputs[1])
  }

  /// A difference per change of a gap; something else where the gap does not change.
  func slope(
    _ difference: Value, _ gap: (now: Value, before: Value), elsewhere: Value
  ) -> Value {
    let change = gap.now - gap.before
    let differs = change.absolute.isGreater(than: Self.leastDifference)
    let slope = difference / differs.choosing(change, else: output.builder.constant(1))
    return differs.choosing(slope, else: elsewhere)
  }

  /// The difference of every extreme goes to who holds it in the better of both: there the input
  /// differs by as much or more.
  func winners(_ function: BinaryFunction) throws(GraphError) -> Value? {
    let builder = output.builder
    let better = builder.apply(Binary(function), [output, otherOutput])
    let now = try gradients(at: inputs, of: multiplier * (better - otherOutput))[0]
    guard let operation = operation as? any DifferentiableOperation, let now else { return nil }
    let before = operation.inputGradients(
      at: GradientSite(
        inputs: otherInputs, output: otherOutput, outputGradient: multiplier * (output - better),
        isNeeded: isInfluenced))[0]
    guard let before else { return nil }
    let change = inputs[0] - otherInputs[0]
    let differs = change.absolute.isGreater(than: 0)
    return differs.choosing(
      (now + before) / differs.choosing(change, else: builder.constant(1)),
      else: builder.constant(0))
  }

  /// The multipliers of the inputs that differ.
  func only(_ multipliers: [Value]) -> [Value?] {
    zip(multipliers, isInfluenced).map { $1 ? $0 : nil }
  }
}
