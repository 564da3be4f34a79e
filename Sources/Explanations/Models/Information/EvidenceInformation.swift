/// How the evidence of a network is taken, by whoever trained it: what `explain` does unless it is told
/// otherwise.
public struct EvidenceInformation: Codable, Hashable, Sendable {
  /// From which size on a stretch of a map is a band.
  public struct Bands: Codable, Hashable, Sendable {
    /// The least share of the map's largest magnitude, 0…1.
    public var threshold: Double

    /// The least number of points.
    public var leastPointCount: Int

    /// How many points below the threshold do not end a band.
    public var bridgedPointCount: Int

    enum CodingKeys: String, CodingKey {
      case threshold
      case leastPointCount = "least_points"
      case bridgedPointCount = "bridged_points"
    }

    /// Describes bands.
    public init(threshold: Double, leastPointCount: Int, bridgedPointCount: Int) {
      self.threshold = threshold
      self.leastPointCount = leastPointCount
      self.bridgedPointCount = bridgedPointCount
    }
  }

  /// The id of the method.
  public var method: String?

  /// What differs from its standard settings, as written on the command line.
  public var settings: [String: String]?

  /// What is explained, as users write it.
  public var target: String?

  /// The mean of every class among the training inputs, as the network takes them: a row for each
  /// output, a number for each value of the input.
  public var classMeans: [[Float]]?

  /// The mean of all training inputs, as the network takes them.
  public var mean: [Float]?

  /// What counts as a band.
  public var bands: Bands?

  enum CodingKeys: String, CodingKey {
    case method, settings, target
    case classMeans = "class_means"
    case mean, bands
  }

  /// Says nothing.
  public init() {}
}
