public import ExplanationQuality

/// How much of what networks say is lost while the bands that maps mark are hidden from them.
///
/// Whole intervals of test spectra are replaced by straight lines, those with the highest mean of the map
/// first, and the network of the division is asked again: the metric `band-deletion`.
public struct BandRemoval: Sendable {
  /// What made the maps.
  public enum Source: Hashable, Sendable {
    /// A method that explains the network.
    case method(String)
    /// Partial least squares, which knows nothing of the network.
    case partialLeastSquares
    /// A control that knows nothing of either model.
    case control(String)
  }

  /// Maps of one source.
  public struct Trial: Sendable {
    /// What made them.
    public let source: Source

    /// What was found for each spectrum, in the order of `samples`.
    public let measurements: [Measurement]
  }

  /// The trials, the study's own evidence first.
  public let trials: [Trial]

  /// Which of the data's spectra were asked about; one that was tested in several divisions stands several
  /// times.
  public let samples: [Int]

  /// How many points are hidden together.
  public let width: Int
}
