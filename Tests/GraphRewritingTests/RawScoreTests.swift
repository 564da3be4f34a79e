import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

struct RawScoreTests {
  /// A network's end with what is found of it: the activation, its axis, and raw scores that make the
  /// output again.
  struct Head: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let activation: TrailingActivation
    let axis: Int?
    let make: @Sendable (Value) -> Value
  }

  /// Ends behind `x [2, 4, 3]`.
  static let heads = [
    Head(testDescription: "softmax, axis dropped", activation: .softmax, axis: 1) {
      $0.builder.apply(Softmax(axis: 1), [$0]).reshaped(to: [2, 4, 1, 3])
    },
    Head(testDescription: "softmax, transposed", activation: .softmax, axis: 2) {
      $0.builder.apply(Softmax(axis: 1), [$0]).transposed([0, 2, 1])
    },
    Head(testDescription: "log-softmax", activation: .logSoftmax, axis: 2) {
      $0.builder.apply(LogSoftmax(axis: 2), [$0])
    },
    Head(testDescription: "exp of log-softmax", activation: .softmax, axis: 2) {
      $0.builder.apply(LogSoftmax(axis: 2), [$0]).exponential
    },
    Head(testDescription: "logistic", activation: .logistic, axis: nil) { $0.logistic },
    Head(testDescription: "1 - p beside p", activation: .logistic, axis: nil) {
      let probability = $0.logistic
      return .concatenated([1 - probability, probability], axis: 1)
    },
    Head(testDescription: "boxes with scores", activation: .softmax, axis: 2) {
      let shares = $0.builder.apply(Softmax(axis: 2), [$0])
      return .concatenated([shares, shares.sliced(1, start: 0, count: 2)], axis: 1)
    },
  ]

  @Test(arguments: heads)
  func rawScoresMakeTheOutputAgain(head: Head) throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 4, 3])
    let output = head.make(x)
    let scores = try #require(output.rawScores)
    #expect(scores.activation == head.activation && scores.axis == head.axis)
    builder.output("output", output)
    let again =
      switch scores.activation {
      case .softmax: builder.apply(Softmax(axis: scores.axis ?? 0), [scores.value])
      case .logSoftmax: builder.apply(LogSoftmax(axis: scores.axis ?? 0), [scores.value])
      default: scores.value.logistic
      }
    builder.output("again", again)
    var generator = SeededGenerator(seed: 3)
    let outputs = try referenceOutputs(
      of: builder.finish(), inputs: ["x": .random([2, 4, 3], using: &generator)])
    expectClose(
      try #require(outputs["again"]), try #require(outputs["output"]), absolute: 1e-6, relative: 0)
  }

  @Test func otherEndsHaveNone() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [2, 4, 3])
    let shares = builder.apply(Softmax(axis: 1), [x])
    #expect(x.rawScores == nil && x.rectified.rawScores == nil)
    // Some of the shares of a softmax are not those of a softmax of some.
    #expect(shares.sliced(1, start: 1, count: 3).rawScores == nil)
    #expect(Value.concatenated([shares, x], axis: 1).rawScores == nil)
  }

  /// The scores of a detector that stand beside boxes in one axis.
  @Test func aPartIsTakenBeforeWhatItIsJoinedWith() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 4, 3])
    let output = Value.concatenated([x.rectified, x.logistic], axis: 1).transposed([0, 2, 1])
    let classes = output.part(2, start: 5, count: 2)
    let scores = try #require(classes.rawScores)
    #expect(scores.activation == .logistic && scores.value.shape == [1, 3, 2])
  }
}
