import TensorCore

extension Model {
  /// Tensors of the only input as samples.
  ///
  /// - Throws: `ExplanationError` when the network has several inputs.
  func samples(_ inputs: [Tensor]) throws(ExplanationError) -> [[String: Tensor]] {
    guard self.inputs.count == 1, let only = self.inputs.first else {
      throw ExplanationError(
        .unsuitableInput,
        "\(name) takes \(self.inputs.count) inputs (\(self.inputs.summary)); give each by its name")
    }
    return inputs.map { [only.name: $0] }
  }

  /// Throws unless every sample has every input, of the shape that the network takes.
  func check(_ samples: [[String: Tensor]]) throws(ExplanationError) {
    for (index, sample) in samples.enumerated() {
      for input in inputs { try check(sample[input.name], input, index) }
      let names = Set(inputs.map(\.name))
      for name in sample.keys.sorted() where !names.contains(name) {
        throw ExplanationError(
          .unsuitableInput, "there is no input \"\(name)\"; the network takes \(inputs.summary)")
      }
    }
  }

  private func check(
    _ tensor: Tensor?, _ input: NetworkInput, _ index: Int
  ) throws(ExplanationError) {
    guard let tensor else {
      throw ExplanationError(
        .unsuitableInput,
        "sample \(index + 1) has no \(input.name); the network takes \(inputs.summary)")
    }
    guard tensor.shape == input.shape else {
      let which = inputs.count == 1 ? "input" : "\(input.name) of sample"
      throw ExplanationError(
        .unsuitableInput,
        "\(which) \(index + 1) has shape \(tensor.shape); the network takes \(input.shape)")
    }
  }

  /// Throws unless every number is finite.
  func checkValues(_ samples: [[String: Tensor]]) throws(ExplanationError) {
    for (index, sample) in samples.enumerated() {
      for (name, tensor) in sample.sorted(by: { $0.key < $1.key }) {
        guard let place = tensor.elements.firstIndex(where: { !$0.isFinite }) else { continue }
        let which = inputs.count == 1 ? "input" : "\(name) of sample"
        throw ExplanationError(
          .unsuitableInput,
          "\(which) \(index + 1) is \(tensor.elements[place]) at value \(place + 1); mend or "
            + "remove it")
      }
    }
  }
}
