/// Where in an input stands what a class is known by.
public struct TruthRegion: Hashable, Sendable {
  /// Whether each position belongs to it, in row-major order.
  public let inside: [Bool]

  /// The same for each instance of it, such as each of several boxes; empty where they are not told
  /// apart.
  public let instances: [[Bool]]

  /// The same for things of other classes in the input, together; nil where there are none.
  public let others: [Bool]?

  /// Describes a region.
  public init(inside: [Bool], instances: [[Bool]] = [], others: [Bool]? = nil) {
    self.inside = inside
    self.instances = instances
    self.others = others
  }

  /// How many positions belong to it.
  public var count: Int { inside.count { $0 } }
}
