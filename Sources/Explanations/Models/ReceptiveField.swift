/// Which input positions an element of a layer's grid sees, along one spatial axis.
public struct ReceptiveField: Hashable, Sendable, Codable {
  /// The input position at the center of grid element 0; halves occur.
  public var origin: Double

  /// The distance in input positions between neighboring grid elements.
  public var stride: Double

  /// How many input positions one grid element sees on all ways, padding included; at least the
  /// whole extent of the input where it takes part in an attention or a mean over all positions.
  public var size: Double

  /// Every position by itself: the field of the input.
  public static let identity = ReceptiveField(origin: 0, stride: 1, size: 1)
}
