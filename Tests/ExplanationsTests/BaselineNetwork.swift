import Explanations
import GraphIR
import Operations
import TensorCore
import TestSupport

/// A small network in memory that attributions from a baseline are tried on: two convolutions, a mean
/// of two positions each and a linear layer with three scores, over 14 positions or rows of them.
enum BaselineNetwork {
  /// The network of a number of samples.
  ///
  /// - Parameters:
  ///   - positions: The axes of the input, the last 14 long and the others 1.
  ///   - samples: For how many inputs.
  ///   - isLinear: Whether the rectifiers are left out.
  /// - Returns: A graph from `spectra` to `scores`.
  /// - Throws: `GraphError`.
  static func graph(_ positions: [Int], samples: Int, isLinear: Bool = false) throws -> Graph {
    var generator = SeededGenerator(seed: 11)
    let flat = positions.dropLast().map { _ in 1 }
    let builder = GraphBuilder()
    func constant(_ shape: [Int]) -> Value {
      builder.constant(.random(Shape(shape), using: &generator))
    }
    let window = SlidingWindow(
      rank: positions.count, paddingBefore: flat.map { _ in 0 } + [1],
      paddingAfter: flat.map { _ in 0 } + [1])
    var x = builder.input("spectra", shape: Shape([samples, 1] + positions))
    for (channels, inputs) in [(4, 1), (3, 4)] {
      x = x.convolved(
        with: constant([channels, inputs] + flat + [3]), bias: constant([channels]),
        Convolution(window: window))
      if !isLinear { x = x.rectified }
    }
    let scores = x.reshaped(to: [samples, 42])
      .product(constant([3, 42]), bias: constant([3]), transposesRight: true)
    builder.output("scores", scores)
    return try builder.finish()
  }

  /// The network, with the means of its classes if they are known.
  static func model(
    _ positions: [Int] = [14], isLinear: Bool = false, _ evidence: EvidenceInformation? = nil
  ) throws -> Model {
    var information = ModelInformation()
    information.labels = ["a", "b", "c"]
    information.evidence = evidence
    return try Model(name: "small", information: information) { samples in
      try graph(positions, samples: samples, isLinear: isLinear)
    }
  }

  /// Inputs at random.
  static func inputs(_ count: Int, _ positions: [Int] = [14], seed: UInt64 = 5) -> [Tensor] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      Tensor.random([14], using: &generator, -2...2).reshaped(to: Shape([1] + positions))
    }
  }

  /// Class means at random.
  static var evidence: EvidenceInformation {
    var evidence = EvidenceInformation()
    evidence.classMeans = inputs(3, seed: 8).map(\.elements)
    return evidence
  }
}
