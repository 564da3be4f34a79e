package import GraphIR
import TensorCore

/// An operation that tells where the axes of its result come from.
package protocol AxisDescribing: GraphIR.Operation {
  /// For every input, what each axis of the result is of it.
  ///
  /// - Parameter site: Shapes that the operation accepts.
  /// - Returns: One list per input, with one entry per axis of the result.
  func axes(at site: OperationSite) -> [[AxisOrigin]]
}

extension Graph {
  /// For every input of a node, what each axis of the result is of it.
  ///
  /// A stranger may do anything: all its axes are mixed.
  package func axes(of value: ValueID) -> [[AxisOrigin]] {
    let node = self[value]
    if let core = node.core { return core.axes(at: OperationSite(node, in: self)) }
    return node.inputs.map { input in
      Array(repeating: .mixed(Array(0..<self[input].shape.rank)), count: node.shape.rank)
    }
  }
}

extension OperationSite {
  /// The axes of an input that is broadcast to the result.
  func broadcastAxes(_ input: Int) -> [AxisOrigin] {
    let shape = inputs[input]
    let added = result.rank - shape.rank
    return (0..<result.rank).map { axis in
      let source = axis - added
      guard source >= 0, shape[source] == result[axis] else { return .repeated }
      return .same(source)
    }
  }

  /// The axes of inputs that are broadcast to the result.
  var broadcastAxes: [[AxisOrigin]] { inputs.indices.map(broadcastAxes) }

  /// The axes of the result, each the same of an input of equal shape.
  var sameAxes: [AxisOrigin] { (0..<result.rank).map(AxisOrigin.same) }

  /// The axes of `[samples, channels, positions…]`, of which the positions are told one by one.
  func positionAxes(_ origin: (_ position: Int) -> AxisOrigin) -> [AxisOrigin] {
    [.same(0), .same(1)] + (0..<max(result.rank - 2, 0)).map(origin)
  }

  /// One axis is told; the others are the same.
  func axes(_ changed: Int, are origin: AxisOrigin) -> [AxisOrigin] {
    (0..<result.rank).map { $0 == changed ? origin : .same($0) }
  }
}
