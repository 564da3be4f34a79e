package import GraphIR
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
        continue
      }
      guard let source = node.inputs.first(where: { fields[$0.index] != nil }),
        let field = fields[source.index]
      else {
        fields.append(nil)
        continue
      }
      let site = PositionSite(
        field: field, source: nodes[source.index].shape,
        inputs: node.inputs.map { nodes[$0.index].shape }, result: node.shape)
      if let tracked = node.operation as? any PositionTracking {
        fields.append(tracked.field(at: site))
      } else {
        fields.append(site.source.positions == node.shape.positions ? field : nil)
      }
    }
    return fields
  }
}

/// What an operation may look at to say where its positions lie.
struct PositionSite {
  /// The fields of the first input that has some.
  let field: [ReceptiveField]

  /// The shape of that input.
  let source: Shape

  /// The shapes of all inputs.
  let inputs: [Shape]

  /// The shape of the result.
  let result: Shape
}

/// An operation that moves positions.
protocol PositionTracking {
  /// The fields of the result, or nil when its positions are not those of the input.
  func field(at site: PositionSite) -> [ReceptiveField]?
}
