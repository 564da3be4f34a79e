package import Operations
package import TensorCore

extension Reshape: ReferenceEvaluable {
  /// The same numbers in the same order.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape, elements: inputs[0].elements)
  }
}

extension Transpose: ReferenceEvaluable {
  /// Axis `i` of the result indexes axis `permutation[i]` of the input.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { index in
      var source = index
      for (axis, sourceAxis) in permutation.enumerated() { source[sourceAxis] = index[axis] }
      return inputs[0][source]
    }
  }
}

extension Slice: ReferenceEvaluable {
  /// `input[start + index · step]`.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { index in
      inputs[0][index.indices.map { starts[$0] + index[$0] * steps[$0] }]
    }
  }
}

extension Pad: ReferenceEvaluable {
  /// The number everywhere, then input index `i` at `before + i · (between + 1)`.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    var result = ReferenceTensor(shape: shape, repeating: Double(number))
    forEachIndex(inputs[0].shape.extents) { index in
      result[index.indices.map { before[$0] + index[$0] * (between[$0] + 1) }] = inputs[0][index]
    }
    return result
  }
}

extension Concatenate: ReferenceEvaluable {
  /// The inputs one behind the other along the axis.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { index in
      var (source, part) = (index, 0)
      while source[axis] >= inputs[part].shape[axis] {
        source[axis] -= inputs[part].shape[axis]
        part += 1
      }
      return inputs[part][source]
    }
  }
}

extension Broadcast: ReferenceEvaluable {
  /// The input at the index without new axes, 0 along axes of extent 1.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { inputs[0].broadcasted(at: $0) }
  }
}

extension Gather: ReferenceEvaluable {
  /// `input[…, indices[i], …]`.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { index in
      var source = index
      source[axis] = indices[index[axis]]
      return inputs[0][source]
    }
  }
}

extension ScatterSum: ReferenceEvaluable {
  /// `result[…, indices[i], …] += input[…, i, …]`.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    var result = ReferenceTensor(shape: shape)
    forEachIndex(inputs[0].shape.extents) { index in
      var target = index
      target[axis] = indices[index[axis]]
      result[target] += inputs[0][index]
    }
    return result
  }
}
