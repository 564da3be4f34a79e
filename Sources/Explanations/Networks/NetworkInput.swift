public import TensorCore

/// One input of a network, as people, methods and maps see it.
///
/// Its layout is `[channels, positions…]` for one sample, whatever the file's is: the graph of the
/// network brings it to that of the file. A row of numbers is one channel.
public struct NetworkInput: Sendable, Hashable {
  /// The name in the file.
  public let name: String

  /// The shape of one sample, `[channels, positions…]`, with at least one axis of positions.
  public let shape: Shape

  /// The shape of one sample as the file has it, without an axis that counts samples.
  public let fileShape: Shape

  /// Which axes of the file's shape are which.
  package let layout: InputAxes

  /// Whether it is a row of numbers without places, such as age and site of a lesion.
  public let isRow: Bool

  /// Whether it is one of several inputs and has the shape of something that the network returns
  /// beside its scores, as the state of a network that hears sound piece by piece.
  public let isState: Bool

  /// Describes an input.
  ///
  /// - Parameters:
  ///   - name: The name in the file.
  ///   - shape: The shape in the file, samples included.
  ///   - layout: Which of its axes are which.
  ///   - isRow: Whether its positions are no places.
  ///   - isState: Whether the network returns something of the kind.
  package init(
    name: String, shape: Shape, layout: InputAxes, isRow: Bool = false, isState: Bool = false
  ) {
    self.isRow = isRow
    self.isState = isState
    self.name = name
    self.shape = layout.canonical(shape)
    fileShape = layout.withoutSamples(shape)
    self.layout = layout
  }

  /// Whether numbers stand in another order than in the file.
  package var isMoved: Bool { layout.isMoved }

  /// Numbers of one sample in the order of the file as `[channels, positions…]`.
  package func canonical(_ sample: Tensor) -> Tensor {
    layout.canonical(sample, fileShape: fileShape)
  }

  /// The extents of the axes of positions.
  public var positions: [Int] { Array(shape.extents.dropFirst()) }
}

extension NetworkInput: CustomStringConvertible {
  /// The name and the shape of one sample, such as `before [3×64×64]`.
  public var description: String { "\(name) \(isRow ? fileShape : shape)" }
}

extension [NetworkInput] {
  /// Every input with its shape, with commas between.
  package var summary: String { map(\.description).joined(separator: ", ") }
}
