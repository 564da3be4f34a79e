public import Catalogs

/// What a control may look at.
public struct ControlSite: Sendable {
  /// The input, `[channels, positions…]` in row-major order, in the numbers that the network takes.
  public let input: [Float]

  /// How many channels it has.
  public let channels: Int

  /// The extents of its positions.
  public let positions: [Int]

  /// The distance between neighbors of the layer's grid over the input, in positions; 1 for the input.
  public let stride: Double

  /// Where random numbers for the input start.
  public let seed: UInt64

  /// Describes an input.
  public init(
    input: [Float], channels: Int, positions: [Int], stride: Double, seed: UInt64
  ) {
    self.input = input
    self.channels = channels
    self.positions = positions
    self.stride = stride
    self.seed = seed
  }
}

/// A map that knows nothing of the network, which maps of methods must surpass.
public struct Control: CatalogEntry {
  /// The name on the command line and in tables.
  public let id: String

  /// The name in figures.
  public let title: String

  /// What it is, in one sentence.
  public let summary: String

  /// Whether it is another one at each layer, as coarse as the layer's grid.
  public let dependsOnStride: Bool

  /// The numbers of axes of positions that it is for.
  public let axisCounts: ClosedRange<Int>

  /// The map at the positions of the input, in row-major order.
  public let map: @Sendable (ControlSite) -> [Float]

  /// Describes a control.
  public init(
    id: String, title: String, summary: String, dependsOnStride: Bool = false,
    axisCounts: ClosedRange<Int> = 1...3, map: @escaping @Sendable (ControlSite) -> [Float]
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.dependsOnStride = dependsOnStride
    self.axisCounts = axisCounts
    self.map = map
  }
}
