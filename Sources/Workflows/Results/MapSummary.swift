public import Explanations

/// What was written about all spectra of a run together, for one method, layer and target.
public struct MapSummary: Codable, Sendable, Hashable {
  /// Spectra of one class.
  public struct Group: Codable, Sendable, Hashable {
    /// The class that the files say, or what is explained where they say nothing.
    public let name: String

    /// How many spectra there are.
    public let count: Int

    /// What is explained of how many.
    public let explained: [String: Int]

    /// The mean probability of what is explained, where it has one.
    public let meanProbability: Float?
  }

  /// The id of the method.
  public let method: String

  /// Its settings, defaults included.
  public let settings: [String: String]

  /// The layer; nil for the input.
  public let layer: ExplanationManifest.LayerEntry?

  /// Whether logits or probabilities are explained.
  public let scoreForm: ScoreForm

  /// How maps were brought to the positions of the input.
  public let upsampling: Upsampling

  /// How many spectra there are.
  public let count: Int

  /// The files that they come from.
  public let inputs: [String]

  /// What positions are measured in: `cm-1`, `raman`, `nm`, `um` or `index`.
  public let axisUnit: String

  /// The first and the last position.
  public let axisRange: [Double]

  /// The smallest and largest raw value of all maps.
  public let mapRange: [Float]

  /// The classes.
  public let groups: [Group]

  /// Where the maps come from; times are those of the last spectrum.
  public let provenance: Provenance

  /// The paths of the files.
  public internal(set) var files: [String]
}
