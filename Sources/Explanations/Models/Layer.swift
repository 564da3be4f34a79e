public import TensorCore

/// A value of a network that a user may look at: the result of one node of its file.
public struct Layer: Sendable, Hashable {
  /// The name of the value, as in the file; it identifies the layer.
  public let name: String

  /// The name of the node that computes it; may be empty.
  public let nodeName: String

  /// The operator of that node, such as `Conv`; of a network that did not come from a file the name
  /// of the operation, such as `convolution`.
  public let operatorType: String

  /// The shape of the value as the file has it, one sample.
  public let shape: Shape

  /// The extents of its grid, in the order of the input's positions, wherever the value has them.
  public let gridExtents: [Int]

  /// Where its grid lies over the input, one per spatial axis; nil when it has no grid.
  ///
  /// Of several inputs the first that it lies over is meant.
  public let receptiveFields: [ReceptiveField]?

  /// Where its grid lies over each of several inputs, by their names; empty when it has no map.
  public internal(set) var fieldsByInput: [String: [ReceptiveField]] = [:]

  /// How many numbers the node has learned.
  public let parameterCount: Int

  /// Floating-point operations for one sample; two per multiplication and addition.
  public let operationCount: Int

  /// Why no activation map can be made of it; nil when one can.
  package let obstacle: MapObstacle?

  /// Whether an activation map can be made of it: it has channels on a grid of several positions,
  /// and what is explained depends on it.
  public var isMappable: Bool { obstacle == nil }

  /// Whether everything that the scores learn of the input's positions passes through it: it is not
  /// one of several branches.
  public let isPassage: Bool

  /// Whether it is the positive part of something.
  public let isRectified: Bool

  /// Whether it only puts the numbers of another layer into another order or shape.
  package let isRearrangement: Bool

  /// Whether its places have taken in what stood in others, wherever that was, as by attention.
  public let mixesPlaces: Bool

  /// Whether it is what maps are made of when no layer is named.
  public internal(set) var isDefault: Bool

  /// Where its grid lies over an input; nil when its positions are not made of that input's.
  ///
  /// - Parameter input: The input.
  /// - Returns: One per axis of positions.
  public func receptiveFields(over input: NetworkInput) -> [ReceptiveField]? {
    fieldsByInput[input.name]
  }
}

/// Why no activation map can be made of a layer.
package struct MapObstacle: Sendable, Hashable {
  /// The reason, as the end of a sentence about the layer.
  package let reason: String

  /// Whether the layer is one of those that maps are usually made of, but what its numbers belong to
  /// on the input was lost before it.
  package let hidesStage: Bool

  /// Describes a reason.
  package init(_ reason: String, hidesStage: Bool = false) {
    self.reason = reason
    self.hidesStage = hidesStage
  }
}
