import GraphIR
import Operations
import TensorCore

extension Graph {
  /// Whether the ONNX form of a graph of one sample is right for any number of samples.
  ///
  /// - Throws: `ONNXError` with code `unwritable` naming the first node where samples meet or where
  ///   their number is written into the form.
  func requireFreeSampleAxis() throws(ONNXError) {
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
    // What is the same for all samples is repeated for them by elementwise operators only.
    let repeats = node.operation is any ElementwiseOperation
    return zip(axes(of: id), follows).allSatisfy { axes, follows in
      axes[0].isSame(0) ? follows || repeats : !follows
    }
  }
}
