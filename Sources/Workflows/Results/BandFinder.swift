public import SpectralData

/// Finds where a map stands out; who knows how is no matter of maps of networks alone.
public struct BandFinder: Sendable {
  /// A stretch of points.
  public struct Stretch: Sendable, Hashable {
    /// The points.
    public let points: ClosedRange<Int>

    /// The point nearest to the peak.
    public let peakPoint: Int

    /// The position of the peak, in units of the axis.
    public let peak: Double

    /// The share of the sum of all magnitudes.
    public let share: Double

    /// Whether the map is positive there.
    public let isPositive: Bool

    /// Describes a stretch.
    public init(
      points: ClosedRange<Int>, peakPoint: Int, peak: Double, share: Double, isPositive: Bool
    ) {
      self.points = points
      self.peakPoint = peakPoint
      self.peak = peak
      self.share = share
      self.isPositive = isPositive
    }
  }

  /// A map, and the class that it is about; nil where that is no class.
  public struct Subject: Sendable, Hashable {
    /// One signed value per point.
    public let map: [Double]

    /// The index of the class.
    public let classIndex: Int?

    /// Describes a map.
    public init(_ map: [Double], of classIndex: Int?) {
      self.map = map
      self.classIndex = classIndex
    }
  }

  /// The stretches of a map on an axis, in the order of the axis.
  public let stretches: @Sendable (Subject, SpectralAxis) throws -> [Stretch]

  /// The peak of a map within a stretch of another, in points, maybe between two.
  public let peak: @Sendable (Subject, Stretch) -> Double

  /// For every point of a map whether it stands out.
  public let isActive: @Sendable (_ map: [Double]) throws -> [Bool]

  /// How far aside the peaks of networks trained alike stand (±), in units of the axis; nil where that is
  /// not known.
  public var resolution: Double?

  /// Why bands are not named, if they are not.
  public var refusal: String?

  /// Describes a way to find bands.
  public init(
    stretches: @escaping @Sendable (Subject, SpectralAxis) throws -> [Stretch],
    peak: @escaping @Sendable (Subject, Stretch) -> Double,
    isActive: @escaping @Sendable (_ map: [Double]) throws -> [Bool]
  ) {
    self.stretches = stretches
    self.peak = peak
    self.isActive = isActive
  }
}
