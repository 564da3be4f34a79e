package import Operations
package import TensorCore

extension SlidingWindow {
  /// The input position under one tap of the kernel at one placement, maybe outside the input.
  func position(placement: some Collection<Int>, tap: some Collection<Int>) -> [Int] {
    zip(placement, tap).enumerated().map { axis, pair in
      pair.0 * strides[axis] - paddingBefore[axis] + pair.1 * dilations[axis]
    }
  }
}

/// Whether a position lies inside a grid.
func isInside(_ position: [Int], _ extents: [Int]) -> Bool {
  zip(position, extents).allSatisfy { (0..<$1).contains($0) }
}

extension Convolution {
  /// Calls `body` with the indices of every product `input · weight` that an output is a sum of.
  fileprivate func forEachProduct(
    input: Shape, weights: Shape, output: Shape,
    _ body: (_ input: [Int], _ weight: [Int], _ output: [Int]) -> Void
  ) {
    let outputsPerGroup = weights[0] / groups
    forEachIndex(output.extents) { outputIndex in
      let group = outputIndex[1] / outputsPerGroup
      forEachIndex(Array(weights.extents.dropFirst())) { channelAndTap in
        let position = window.position(
          placement: outputIndex.dropFirst(2), tap: channelAndTap.dropFirst())
        guard isInside(position, input.positions) else { return }
        let channel = group * weights[1] + channelAndTap[0]
        body([outputIndex[0], channel] + position, [outputIndex[1]] + channelAndTap, outputIndex)
      }
    }
  }
}

extension Convolution: ReferenceEvaluable {
  /// `output += input · weight`, plus the bias of the output channel.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let (input, weights) = (inputs[0], inputs[1])
    var result = ReferenceTensor(shape: shape) { inputs.count == 3 ? inputs[2][[$0[1]]] : 0 }
    forEachProduct(input: input.shape, weights: weights.shape, output: shape) {
      result[$2] += input[$0] * weights[$1]
    }
    return result
  }
}

extension TransposedConvolution: ReferenceEvaluable {
  /// `input += output · weight` over the products of the convolution.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let (spread, weights) = (inputs[0], inputs[1])
    var result = ReferenceTensor(shape: shape)
    convolution.forEachProduct(input: shape, weights: weights.shape, output: spread.shape) {
      result[$0] += spread[$2] * weights[$1]
    }
    return result
  }
}

extension ConvolutionWeightGradient: ReferenceEvaluable {
  /// `weight += input · output` over the products of the convolution.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let (input, gradient) = (inputs[0], inputs[1])
    var result = ReferenceTensor(shape: shape)
    convolution.forEachProduct(input: input.shape, weights: shape, output: gradient.shape) {
      result[$1] += input[$0] * gradient[$2]
    }
    return result
  }
}

extension MatrixProduct: ReferenceEvaluable {
  /// `Σₖ left[…, row, k] · right[…, k, column]`, plus the bias of the column.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let (left, right) = (inputs[0], inputs[1])
    let inner = left.shape[left.shape.rank - (transposesLeft ? 2 : 1)]
    return ReferenceTensor(shape: shape) { index in
      let (stack, row, column) = (index.dropLast(2), index[index.count - 2], index[index.count - 1])
      var sum = inputs.count == 3 ? inputs[2][[column]] : 0
      for k in 0..<inner {
        sum +=
          left[stack + (transposesLeft ? [k, row] : [row, k])]
          * right[stack + (transposesRight ? [column, k] : [k, column])]
      }
      return sum
    }
  }
}
