public import Chemometrics
public import Explanations

/// Where the evidence for a class lies, or for a quantity, by both models.
///
/// A class is explained against the others: by the difference between its score and the mean of the
/// other scores, which is linear in the scores of both models, so that their maps can be averaged and
/// compared. A quantity is explained by itself.
public struct Evidence: Sendable {
  /// The class, or the quantity.
  public let name: String

  /// The index of the class; nil for a quantity.
  public let classIndex: Int?

  /// The mean prepared spectrum of the class, or of all spectra.
  public let meanSpectrum: [Double]

  /// The standard deviation of these spectra, point by point.
  public let spectrumDeviation: [Double]

  /// The networks' maps of test spectra: averaged per split, then over splits.
  public let network: ModelEvidence

  /// What PLS makes of the same test spectra: contributions that add up to the output exactly.
  public let partialLeastSquares: ModelEvidence

  /// Maps of all spectra of the class by the network that is kept, averaged, one per method.
  public let methodMaps: [MethodMap]

  /// The regression coefficients of PLS fitted to all spectra.
  public let coefficients: [Double]

  /// The variable importance in projection (VIP) of PLS fitted to all spectra.
  public let variableImportance: [Double]

  /// The selectivity ratio of PLS fitted to all spectra; may be infinite.
  public let selectivityRatio: [Double]

  /// The correlation of both models' mean distinguishing maps, −1…1; nil when one is constant.
  public let agreement: Double?
}

/// Where one model finds its evidence, over all splits.
public struct ModelEvidence: Sendable {
  /// The mean map of the class's test spectra over splits, in units of the score per point.
  ///
  /// For a quantity: how the map grows with the quantity, point by point; the sum is the slope of
  /// predictions against known values, where the map is complete.
  public let map: MapStability

  /// What distinguishes the class: its mean map less that of the other spectra.
  ///
  /// Both are maps of the same target. Equal to `map` for a quantity, and where maps start at the mean
  /// of the other classes.
  public let distinction: MapStability

  /// The bands of the mean distinction, matched with known ones.
  public let bands: BandReport

  /// The signed share of every band in all magnitude, `Σ_{i∈B} L_i / Σ_i |L_i|`, in the order of the
  /// bands, then that of the rest.
  public let contributions: [Double]

  /// How exactly the peak of every band is known, in units of the axis (±): by its spread over divisions,
  /// by what a unit of the layer looks at, and by the distance of two points.
  public var resolutions: [Double] = []

  /// How far bands and known bands may lie apart and still match, in units of the axis.
  public var tolerance = 0.0
}

/// The mean map of a method.
public struct MethodMap: Sendable {
  /// The method.
  public let method: ExplanationMethod

  /// The layer; nil for the input.
  public let layer: String?

  /// The mean over the spectra of the class, at the positions of the spectrum.
  public let mean: [Double]

  /// The standard deviation over these spectra.
  public let deviation: [Double]
}

extension Evidence: Encodable {
  private enum CodingKeys: String, CodingKey { case name, network, partialLeastSquares, agreement }
}

extension ModelEvidence: Encodable {
  private enum CodingKeys: String, CodingKey { case bands, stability, overlap, resolutions }

  /// Writes the bands of the distinguishing map, and how stable it is.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(bands.matches, forKey: .bands)
    try container.encode(resolutions, forKey: .resolutions)
    try container.encodeIfPresent(distinction.meanCorrelation, forKey: .stability)
    try container.encodeIfPresent(distinction.meanOverlap, forKey: .overlap)
  }
}
