public import SpectralData

/// Where the spectra of a study come from, and what is to be recognized in them.
public struct StudySource: Sendable, Hashable {
  /// Files and folders of spectra.
  public var paths: [String]

  /// The column of class labels; nil recognizes it.
  public var label: String?

  /// The column of the quantity that is predicted; nil studies classes where there are any.
  public var target: String?

  /// The column that is equal for spectra of one sample; nil recognizes it.
  public var group: String?

  /// So many spectra in a row are of one sample; nil for no such order.
  public var replicateCount: Int?

  /// The column whose texts `train` and `test` divide the spectra, as a publication did; nil for none.
  public var splitColumn: String?

  /// The first and last position of the axis where files do not tell it; points between are evenly
  /// spaced.
  public var axisEnds: [Double]?

  /// What positions are measured in, where files do not say.
  public var unit: AxisUnit?

  /// The part of the axis that is studied, in its unit; nil for all.
  public var range: ClosedRange<Double>?

  /// Creates a source.
  ///
  /// - Parameter paths: Files and folders of spectra.
  public init(paths: [String]) {
    self.paths = paths
  }
}
