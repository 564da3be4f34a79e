package import ImageData

/// One thing that truth marks in a picture.
package struct TruthObject: Hashable, Sendable {
  /// Its place in `GroundTruth.categories`.
  package let category: Int

  /// The box around it; nil where there is none, or where it is several things.
  package let box: PictureBox?

  /// What it covers more exactly than by its box; nil for all of the box.
  package let outline: TruthOutline?

  /// Describes a thing.
  package init(category: Int, box: PictureBox?, outline: TruthOutline? = nil) {
    self.category = category
    self.box = box
    self.outline = outline
  }
}

/// Which pixels of a picture a thing covers.
package enum TruthOutline: Hashable, Sendable {
  /// What lies within at least one of several closed lines, each `x, y, x, y…`.
  case polygons([[Double]])

  /// Runs of pixels down the columns.
  case runs(RunLengths)

  /// The pixels with a value in the file of a picture; nil for the lighter half of all values.
  case file(String, value: UInt8?)
}
