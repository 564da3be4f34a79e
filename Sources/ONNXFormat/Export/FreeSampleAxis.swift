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
      guard leads, isInput || keepsSamples(node, inputs) else {
        let name = node.name ?? "%\(index)"
        throw ONNXError(
          .unwritable,
          "\(name) (\(type(of: node.operation).name)) of shape \(node.shape) is not made sample by"
            + " sample; write the file for a fixed number of samples, or give a graph of one sample"
        )
      }
    }
    for output in outputs where !followsSamples[output.value.index] {
      throw ONNXError(
        .constantOutput, "output \(output.name) does not depend on any input; it has no samples")
    }
  }

  /// Whether a node computes its first axis from the first axes of what follows the samples.
  ///
  /// - Parameters:
  ///   - node: Its first extent is 1.
  ///   - inputs: Which of its inputs follow the samples.
  /// - Returns: Whether every sample of the result depends on that sample only.
  private func keepsSamples(_ node: Node, _ inputs: [Bool]) -> Bool {
    switch node.operation {
    case is Convolution: return !inputs.dropFirst().contains(true)
    case let pooling as MaxPooling: return pooling.pooling.paddingIsShort
    case let pooling as AveragePooling:
      return pooling.pooling.paddingIsShort
        && pooling.pooling.window.dilations.allSatisfy { $0 == 1 }
    case let product as MatrixProduct:
      return node.shape.rank == 2 && !product.transposesLeft && !inputs.dropFirst().contains(true)
    case is Unary: return true
    case is Binary, is Select:
      return zip(node.inputs, inputs).allSatisfy { value, follows in
        follows
          ? self[value].shape.rank == node.shape.rank
          : self[value].shape.rank < node.shape.rank || self[value].shape[0] == 1
      }
    case let reduction as Reduction: return !reduction.axes.contains(0)
    case let softmax as Softmax: return softmax.axis != 0
    case let softmax as LogSoftmax: return softmax.axis != 0
    case let concatenate as Concatenate: return concatenate.axis != 0 && inputs.allSatisfy(\.self)
    case let transpose as Transpose: return transpose.permutation.first == 0
    case is Reshape, is Broadcast: return node.shape.rank > 0 && self[node.inputs[0]].shape.rank > 0
    case let gather as Gather: return gather.axis != 0
    default: return false
    }
  }
}
