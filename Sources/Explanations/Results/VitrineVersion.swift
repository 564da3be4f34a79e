/// The version of this software, as results record it.
public enum VitrineVersion {
  /// The version, such as `0.2.0`.
  public static let text = "0.2.0"
}
