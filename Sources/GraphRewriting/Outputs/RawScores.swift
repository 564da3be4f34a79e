package import GraphIR
import Operations
import TensorCore

/// The raw scores behind an output whose last steps make probabilities, or round and saturate.
package struct RawScores {
  /// The scores, of the shape of the output.
  package let value: Value

  /// What makes the output of them.
  package let activation: TrailingActivation

  /// The axis of the output along which a softmax runs; nil where each score is by itself.
  package let axis: Int?
}

/// An operation that may stand behind raw scores, or between what makes probabilities and an output.
protocol ScoreOperation: GraphIR.Operation {
  /// The raw scores behind a result of the operation; nil when there are none.
  func rawScores(behind value: Value) -> RawScores?

  /// A part of a result along one axis, as the operation on a part of its input; nil when it is not
  /// that.
  func part(of value: Value, _ axis: Int, start: Int, count: Int) -> Value?
}

extension ScoreOperation {
  /// Parts are no parts of the input.
  func part(of value: Value, _ axis: Int, start: Int, count: Int) -> Value? { nil }
}

extension Value {
  /// The raw scores behind a softmax, log-softmax or logistic function, or behind a `1 − p` of one.
  ///
  /// What only puts numbers elsewhere after it is done to the scores instead; so are parts joined
  /// that end in the same function.
  package var rawScores: RawScores? {
    (node.operation as? any ScoreOperation)?.rawScores(behind: self)
  }

  /// A part along one axis, taken as near to the inputs as it can be.
  package func part(_ axis: Int, start: Int, count: Int) -> Value {
    if start == 0, count == shape[axis] { return self }
    let operation = node.operation as? any ScoreOperation
    return operation?.part(of: self, axis, start: start, count: count)
      ?? sliced(axis, start: start, count: count)
  }

  /// The value with its sign changed, by the learned linear map that makes it where there is one: so
  /// what speaks against a score passes weights of its own, and relevance tells it from what speaks for
  /// it.
  package var opposite: Value {
    guard let core = node.core else { return -self }
    let linearity = core.linearity(inputCount: node.inputs.count)
    let parameters = Set(
      core.parameterInputs.filter { $0 < sources.count && sources[$0].node.isConstant })
    let isLearned =
      !parameters.isEmpty && !linearity.hasRest
      && linearity.terms.allSatisfy { $0.filter(parameters.contains).count == 1 }
    if isLearned {
      let inputs = sources.enumerated().map { parameters.contains($0) ? -$1 : $1 }
      return builder.apply(node.operation, inputs)
    }
    let isSum = !linearity.hasRest && linearity.terms.allSatisfy { $0.count == 1 }
    guard isSum, core is any Movement || core is any ElementwiseOperation else { return -self }
    let added = Set(linearity.terms.joined())
    let inputs = sources.enumerated().map { index, source in
      !added.contains(index) ? source : source.node.isConstant ? -source : source.opposite
    }
    return builder.apply(node.operation, inputs)
  }

  /// What the value is computed from.
  var sources: [Value] { node.inputs.map(builder.value) }

  /// Whether the value is the number 1, everywhere.
  fileprivate var isOne: Bool {
    (node.operation as? Constant)?.tensor.elements.allSatisfy { $0 == 1 } == true
  }
}

extension Softmax: ScoreOperation {
  func rawScores(behind value: Value) -> RawScores? {
    RawScores(value: value.sources[0], activation: .softmax, axis: axis)
  }
}

extension LogSoftmax: ScoreOperation {
  func rawScores(behind value: Value) -> RawScores? {
    RawScores(value: value.sources[0], activation: .logSoftmax, axis: axis)
  }
}

extension Unary: ScoreOperation {
  func rawScores(behind value: Value) -> RawScores? {
    let source = value.sources[0]
    switch function {
    case .logistic: return RawScores(value: source, activation: .logistic, axis: nil)
    case .exponential: return source.rawScores?.exchanged(.logSoftmax, for: .softmax)
    case .logarithm: return source.rawScores?.exchanged(.softmax, for: .logSoftmax)
    default: return nil
    }
  }
}

extension Binary: ScoreOperation {
  /// `1 − σ(z)` is `σ(−z)`; rounded numbers stand for those before them.
  func rawScores(behind value: Value) -> RawScores? {
    if let unrounded = value.unrounded {
      return unrounded.rawScores ?? RawScores(value: unrounded, activation: .none, axis: nil)
    }
    guard function == .subtract, value.sources[0].isOne, value.sources[1].shape == value.shape,
      let scores = value.sources[1].rawScores, scores.activation == .logistic
    else { return nil }
    return RawScores(value: scores.value.opposite, activation: .logistic, axis: nil)
  }
}

extension RawScores {
  /// The same scores under another function, if they stand under the one that is named.
  fileprivate func exchanged(
    _ old: TrailingActivation, for new: TrailingActivation
  ) -> RawScores? {
    activation == old ? RawScores(value: value, activation: new, axis: axis) : nil
  }
}
