import Operations
package import TensorCore

/// The channels of `[samples, channels, positions…]`, each a list of indices and numbers.
private func forEachChannel(_ x: ReferenceTensor, _ body: (Int, [[Int]]) -> Void) {
  var indices = [[[Int]]](repeating: [], count: x.shape[1])
  forEachIndex(x.shape.extents) { indices[$0[1]].append($0) }
  for (channel, list) in indices.enumerated() { body(channel, list) }
}

private func moments(_ x: ReferenceTensor) -> [(mean: Double, variance: Double)] {
  var result: [(mean: Double, variance: Double)] = []
  forEachChannel(x) { _, list in
    let mean = list.reduce(0) { $0 + x[$1] } / Double(list.count)
    let variance = list.reduce(0) { $0 + (x[$1] - mean) * (x[$1] - mean) } / Double(list.count)
    result.append((mean, variance))
  }
  return result
}

extension BatchMoments: ReferenceEvaluable {
  /// Two passes over every channel.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let moments = moments(inputs[0])
    return ReferenceTensor(
      shape: shape, elements: moments.map(\.mean) + moments.map(\.variance))
  }
}

extension BatchNormalization: ReferenceEvaluable {
  /// The definition.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let moments = moments(inputs[0])
    return ReferenceTensor(shape: shape) { index in
      let (mean, variance) = moments[index[1]]
      let normalized = (inputs[0][index] - mean) / (variance + Double(epsilon)).squareRoot()
      return inputs[1][[index[1]]] * normalized + inputs[2][[index[1]]]
    }
  }
}

extension BatchNormalization {
  /// The normalized input, and the root of the variance of every channel.
  fileprivate func parts(
    _ inputs: [ReferenceTensor]
  ) -> (normalized: ReferenceTensor, deviations: [Double]) {
    let moments = moments(inputs[0])
    let deviations = moments.map { ($0.variance + Double(epsilon)).squareRoot() }
    let normalized = ReferenceTensor(shape: inputs[0].shape) { index in
      (inputs[0][index] - moments[index[1]].mean) / deviations[index[1]]
    }
    return (normalized, deviations)
  }
}

extension BatchNormalizationSums: ReferenceEvaluable {
  /// The definition.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let (normalized, passed) = (normalization.parts(inputs).normalized, inputs[3])
    var (plain, weighted): ([Double], [Double]) = ([], [])
    forEachChannel(passed) { _, list in
      plain.append(list.reduce(0) { $0 + passed[$1] })
      weighted.append(list.reduce(0) { $0 + passed[$1] * normalized[$1] })
    }
    return ReferenceTensor(shape: shape, elements: plain + weighted)
  }
}

extension BatchNormalizationGradient: ReferenceEvaluable {
  /// The definition.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let ((normalized, deviations), passed) = (normalization.parts(inputs), inputs[3])
    let sums = BatchNormalizationSums(normalization).evaluate(inputs, shape: [2, shape[1]])
    let count = Double(shape.elementCount / shape[1])
    return ReferenceTensor(shape: shape) { index in
      let channel = index[1]
      return inputs[1][[channel]] / deviations[channel]
        * (passed[index] - sums[[0, channel]] / count
          - normalized[index] * sums[[1, channel]] / count)
    }
  }
}
