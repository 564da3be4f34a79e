package import ExplanationQuality
package import TensorCore

/// One input to judge maps on.
package struct EvaluationSample: Sendable {
  /// The file.
  package let name: String

  /// The row of the file, from 0, where it holds several inputs.
  package let row: Int?

  /// What tells its numbers, as the network takes them, from others.
  package let digest: String

  /// All inputs of the network by name.
  package let inputs: [String: Tensor]

  /// The class that it is said to be of, by its index; nil where nobody says.
  package let label: Int?

  /// What of the network's scores is explained: one weight for each.
  package let weights: [Float]

  /// The explained class, where it is one.
  package let classIndex: Int?

  /// What is explained, in words.
  package let target: String

  /// The class with the highest score.
  package let predicted: Int

  /// The class with the highest score besides the explained one; nil where there is none.
  package let rivalIndex: Int?

  /// Where what the class is known by stands; nil where nobody says.
  package let truth: TruthRegion?

  /// The half of all inputs that it belongs to.
  package let half: EvaluationHalf

  /// Describes an input.
  package init(
    name: String, row: Int? = nil, digest: String, inputs: [String: Tensor], label: Int? = nil,
    weights: [Float], classIndex: Int?, target: String, predicted: Int, rivalIndex: Int? = nil,
    truth: TruthRegion? = nil, half: EvaluationHalf = .tune
  ) {
    self.name = name
    self.row = row
    self.digest = digest
    self.inputs = inputs
    self.label = label
    self.weights = weights
    self.classIndex = classIndex
    self.target = target
    self.predicted = predicted
    self.rivalIndex = rivalIndex
    self.truth = truth
    self.half = half
  }

  /// Where random numbers for it start.
  package func seed(_ run: UInt64) -> UInt64 {
    var hash = StableHash(run)
    for byte in digest.utf8 { hash.add(byte) }
    return SplitMix64(seed: hash.value).first
  }
}

extension SplitMix64 {
  /// The first number.
  fileprivate var first: UInt64 {
    var generator = self
    return generator.next()
  }
}
