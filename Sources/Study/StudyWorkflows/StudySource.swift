public import SpectralData

/// Where the spectra of a study come from, and what is to be recognized in them.
public struct StudySource: Sendable, Hashable {
  /// Files and folders of spectra.
  public var paths: [String]

  /// The column of class labels; nil recognizes it.
  public var label: String?

  /// The column of the quantity that is predicted, or several with commas between; nil studies classes where
  /// there are any.
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

  /// Files and folders of spectra that are tested on; nil divides the spectra otherwise.
  public var testPaths: [String]?

  /// Where classes come from that no column of the files holds; nil looks for itself.
  public var classOrigin: ClassOrigin?

  /// Names of the classes, where files number them.
  ///
  /// Either `1=HDPE`, or names alone in the order of the numbers; classes of one name become one.
  public var classNames: [String] = []

  /// Names of spectra, or of their files, that are left out.
  public var excluded: [String] = []

  /// Wavelength of the exciting laser in nanometers: positions become Raman shifts, or what `unit`
  /// says; nil leaves them.
  public var laserWavelength: Double?

  /// What values are, where files do not say; nil takes what they say.
  public var ordinate: Ordinate?

  /// Creates a source.
  ///
  /// - Parameter paths: Files and folders of spectra.
  public init(paths: [String]) {
    self.paths = paths
  }
}

/// Where the classes of spectra come from, if not from a column.
public enum ClassOrigin: Sendable, Hashable {
  /// The folders that the files lie in.
  case folders
  /// What a regular expression finds in the names of files, or of spectra where a file holds several:
  /// its first group, or all of it.
  case names(pattern: String)

  /// Reads what users write.
  ///
  /// - Parameter text: `folder`, or `name:` and a regular expression.
  public init?(_ text: String) {
    if text == "folder" || text == "folders" {
      self = .folders
    } else if text.hasPrefix("name:"), text.count > 5,
      (try? Regex(String(text.dropFirst(5)))) != nil
    {
      self = .names(pattern: String(text.dropFirst(5)))
    } else {
      return nil
    }
  }
}
