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

    /// Where the mean map stands out, the largest share of it first; nil when nobody looked.
    public internal(set) var bands: [EvidenceBand]?

    /// Whether the bands are those of how maps grow with a predicted quantity; nil for those of the mean
    /// map.
    public internal(set) var bandsFollowValue: Bool?
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
  public internal(set) var groups: [Group]

  /// Where the maps come from; times are those of the last spectrum.
  public let provenance: Provenance

  /// The paths of the files.
  public internal(set) var files: [String]
}

extension MapSummary {
  /// How the settings of another summary differ, in words; nil if they do not.
  func difference(from other: MapSummary) -> String? {
    func text(_ settings: [String: String]) -> String {
      settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    }
    let settings: [(name: String, own: String, other: String)] = [
      ("inputs", inputs.joined(separator: ", "), other.inputs.joined(separator: ", ")),
      ("network", provenance.modelSHA256, other.provenance.modelSHA256),
      ("method", method, other.method),
      ("settings", text(self.settings), text(other.settings)),
      ("layer", layer?.name ?? "input", other.layer?.name ?? "input"),
      ("score", scoreForm.rawValue, other.scoreForm.rawValue),
      ("upsampling", upsampling.rawValue, other.upsampling.rawValue),
      ("precision", provenance.precision, other.provenance.precision),
    ]
    return settings.first { $0.own != $0.other }.map { "\($0.name) \($0.other), not \($0.own)" }
  }
}
