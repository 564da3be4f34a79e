package import TensorCore

/// What the activation of a layer is changed to before the rest of the network sees it.
package enum ActivationChange: Sendable {
  /// Nothing is changed.
  case none
  /// All of it is 0.
  case zero
  /// One channel is 0.
  case without(channel: Int)
  /// All other channels are 0.
  case only(channel: Int)
  /// Anything of the same shape.
  case other(Tensor)

  /// The changed activation.
  ///
  /// - Parameter activation: `[channels, positions…]`.
  /// - Returns: A tensor of the same shape.
  func applied(to activation: Tensor) -> Tensor {
    switch self {
    case .none: return activation
    case .zero: return Tensor(shape: activation.shape, repeating: 0)
    case .other(let changed): return changed
    case .without(let channel):
      var elements = activation.elements
      for place in activation.places(of: channel) { elements[place] = 0 }
      return Tensor(shape: activation.shape, elements: elements)
    case .only(let channel):
      var elements = [Float](repeating: 0, count: activation.elements.count)
      for place in activation.places(of: channel) { elements[place] = activation.elements[place] }
      return Tensor(shape: activation.shape, elements: elements)
    }
  }
}

extension Tensor {
  /// Where the numbers of one index of the first axis stand.
  fileprivate func places(of index: Int) -> Range<Int> {
    let count = elements.count / max(1, shape[0])
    return index * count..<(index + 1) * count
  }
}
