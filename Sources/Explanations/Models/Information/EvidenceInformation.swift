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

    /// How far aside the peaks of networks trained alike stand (±), in units of the axis; nil where only
    /// one was.
    public var resolution: Double?

    enum CodingKeys: String, CodingKey {
      case threshold
      case leastPointCount = "least_points"
      case bridgedPointCount = "bridged_points"
      case resolution
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

  /// How training inputs grow with a quantity that is predicted, a number for each value of the input:
  /// peaks of its maps are as wide.
  public var slope: [Float]?

  /// What counts as a band.
  public var bands: Bands?

  /// Whether networks trained alike were surely better than guessing; nil where nobody tested it.
  public var beatsChance: Bool?

  enum CodingKeys: String, CodingKey {
    case method, settings, target
    case classMeans = "class_means"
    case mean, slope, bands
    case beatsChance = "beats_chance"
  }

  /// Says nothing.
  public init() {}
}
