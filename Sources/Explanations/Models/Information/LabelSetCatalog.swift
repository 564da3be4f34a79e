public import Catalogs

/// Labels that many networks share, to be asked for by name.
public struct LabelSet: CatalogEntry {
  /// The name on the command line.
  public let id: String

  /// Which networks give them.
  public let summary: String

  /// The labels in the order of the outputs.
  public let labels: [String]
}

/// The labels that come with this software.
public enum LabelSetCatalog {
  /// All of them.
  public static let entries = Catalog(
    "set of labels",
    [
      LabelSet(
        id: "imagenet", summary: "the 1,000 classes of ImageNet (ILSVRC 2012)",
        labels: ImageNetLabels.all),
      LabelSet(
        id: "imagenet-1001",
        summary: "the same behind a background class, as networks of TensorFlow's slim have",
        labels: ["background"] + ImageNetLabels.all),
    ])
}
