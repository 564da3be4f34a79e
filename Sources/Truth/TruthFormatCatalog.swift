import Catalogs

/// A form of truth: how it is recognized and read.
struct TruthFormat: CatalogEntry {
  let id: String
  let summary: String

  /// Whether a file or folder looks like it; reads little.
  let recognizes: @Sendable (TruthSource) -> Bool

  /// Reads a file or folder.
  let read: @Sendable (TruthSource) throws(TruthError) -> GroundTruth
}

/// All forms of truth, in the order in which they are tried.
enum TruthFormatCatalog {
  static let entries = Catalog(
    "form of truth",
    [
      COCOFormat.entry, VOCFormat.entry, BoxTableFormat.entry, BandTableFormat.entry,
      YOLOFormat.entry, MaskFormat.entry,
    ])
}
