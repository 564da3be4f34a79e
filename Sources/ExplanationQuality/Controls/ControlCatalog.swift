public import Catalogs

/// All controls that no network makes.
public enum ControlCatalog {
  /// The entries.
  public static let entries = Catalog<Control>(
    "control",
    [
      RandomOrder.entry,
      SmoothNoise.entry,
      CenteredGaussian.entry,
      EdgeMap.entry,
      Intensity.entry,
    ])
}
