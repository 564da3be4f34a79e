import GraphIR
import Operations
import TensorCore

extension Graph {
  /// Makes sure that the ONNX form of a graph of one sample is right for any number of samples.
  ///
  /// - Returns: For each node whether it has one part for each sample.
  /// - Throws: `ONNXError` with code `unwritable` naming the first node where samples meet or where
  ///   their number is written into the form.
  func nodesWithSamples() throws(ONNXError) -> [Bool] {
    var followsSamples = [Bool](repeating: false, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      let inputs = node.inputs.map { followsSamples[$0.index] }
      let isInput = node.operation is Input
      guard isInput || inputs.contains(true) else { continue }
      followsSamples[index] = true
      let leads = node.shape.rank > 0 && node.shape[0] == 1
      guard leads, isInput || keepsSamples(ValueID(index), inputs) else {
        let name = node.name ?? "%\(index)"
        throw ONNXError(
          .unwritable,
          "\(name) (\(type(of: node.operation).name)) of shape \(node.shape) is not made sample by"
            + " sample; write the file for a fixed number of samples, such as by --batch 1"
        )
      }
    }
    for output in outputs where !followsSamples[output.value.index] {
      throw ONNXError(
        .constantOutput, "output \(output.name) does not depend on any input; it has no samples")
    }
    return followsSamples
  }

  /// The inputs of a node that are the same for all samples but have a part for each in its form.
  ///
  /// - Parameters:
  ///   - id: A node of a graph whose number of samples is free.
  ///   - follows: For each node whether it has one part for each sample.
  /// - Returns: The positions of these inputs, and that of one which has a part for each; nil where
  ///   there is nothing to repeat.
  func inputsToRepeat(
    of id: ValueID, _ follows: [Bool]
  ) -> (positions: [Int], like: Int)? {
    let node = self[id]
    guard follows[id.index], !(node.operation is any ElementwiseOperation),
      let like = node.inputs.indices.first(where: { follows[node.inputs[$0].index] })
    else { return nil }
    let axes = axes(of: id)
    let positions = node.inputs.indices.filter {
      !follows[node.inputs[$0].index] && axes[$0].first?.isSame(0) == true
    }
    return positions.isEmpty ? nil : (positions, like)
  }

  /// Whether a node computes its first axis from the first axes of what follows the samples, and
  /// has a form that does not name their number.
  ///
  /// - Parameters:
  ///   - id: A value whose first extent is 1.
  ///   - follows: Which of the inputs follow the samples.
  /// - Returns: Whether every sample of the result depends on that sample only.
  private func keepsSamples(_ id: ValueID, _ follows: [Bool]) -> Bool {
    let node = self[id]
    guard node.operation is any SampleFreeForm else { return false }
    // What is the same for all samples is repeated for them.
    return zip(axes(of: id), follows).allSatisfy { axes, follows in axes[0].isSame(0) || !follows }
  }
}
