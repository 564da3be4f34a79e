package import GraphIR
import Operations
import TensorCore

/// Which input positions an element of a layer's grid sees, along one spatial axis.
public struct ReceptiveField: Hashable, Sendable, Codable {
  /// The input position at the center of grid element 0; halves occur.
  public var origin: Double

  /// The distance in input positions between neighboring grid elements.
  public var stride: Double

  /// How many input positions one grid element sees, padding included.
  public var size: Double

  /// Every position by itself: the field of the input.
  public static let identity = ReceptiveField(origin: 0, stride: 1, size: 1)

  /// The field of a grid whose elements see this one's through a window.
  fileprivate func seen(through window: AxisWindow) -> ReceptiveField {
    ReceptiveField(
      origin: origin + window.offset * stride, stride: stride * window.step,
      size: size + window.reach.rounded(.down) * stride)
  }
}

extension Graph {
  /// The receptive fields of every value, one per spatial axis; nil where positions are lost.
  ///
  /// - Parameter input: The input whose positions are meant.
  /// - Returns: One entry per node.
  package func receptiveFields(of input: ValueID) -> [[ReceptiveField]?] {
    var fields: [[ReceptiveField]?] = []
    for (index, node) in nodes.enumerated() {
      if ValueID(index) == input {
        fields.append(node.shape.positions.map { _ in .identity })
      } else if let source = node.inputs.firstIndex(where: { fields[$0.index] != nil }),
        let field = fields[node.inputs[source].index]
      {
        fields.append(field.seen(from: source, axes(of: ValueID(index))))
      } else {
        fields.append(nil)
      }
    }
    return fields
  }
}

extension [ReceptiveField] {
  /// The fields of a result, or nil when its positions are not those of the input with the index
  /// `source`, whose fields these are.
  fileprivate func seen(from source: Int, _ origins: [[AxisOrigin]]) -> [ReceptiveField]? {
    let axes = origins[source]
    guard axes.count == count + 2, axes.enumerated().allSatisfy({ $1.isInPlace($0) }) else {
      return nil
    }
    var fields: [ReceptiveField] = []
    for (field, axis) in zip(self, 2...) {
      switch axes[axis] {
      case .window(of: axis, let window) where window.step > 0:
        // Inputs behind each other share an axis of positions without sharing the positions.
        guard origins.allSatisfy({ $0[axis].isNoOtherWindow(than: window) }) else { return nil }
        fields.append(field.seen(through: window))
      case .coupled(axis): fields.append(field)
      default: return nil
      }
    }
    return fields
  }
}

extension AxisOrigin {
  /// Whether this is no other axis of the input than the one with the same index.
  fileprivate func isInPlace(_ axis: Int) -> Bool {
    if case .window(of: let source, _) = self { source == axis } else { true }
  }

  /// Whether this is not a window, or an equal one.
  fileprivate func isNoOtherWindow(than window: AxisWindow) -> Bool {
    if case .window(_, let other) = self { other == window } else { true }
  }
}
