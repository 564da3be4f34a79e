/// What is known of pictures or spectra independently of a network: where things are, and which.
package struct GroundTruth: Hashable, Sendable {
  /// What it consists of.
  package enum Kind: String, Hashable, Sendable {
    /// Boxes in pictures.
    case boxes
    /// Masks of pictures, perhaps with boxes.
    case masks
    /// Bands of spectra.
    case bands
  }

  /// What the geometry of pictures is measured in.
  package enum Unit: Hashable, Sendable {
    /// Pixels of the picture as it is displayed.
    case pixels
    /// Shares of its width and height.
    case shares
  }

  /// The form that it was read from, such as `COCO JSON`.
  package let form: String

  /// What geometry is measured in.
  package let unit: Unit

  /// The kinds of things, in the order of the file.
  package let categories: [TruthCategory]

  /// The pictures, in the order of the file; empty for bands.
  package let pictures: [TruthPicture]

  /// The bands; empty for pictures.
  package let bands: [TruthBand]

  /// What was left out while reading, one sentence each.
  package let notes: [String]

  /// Describes truth.
  package init(
    form: String, unit: Unit = .pixels, categories: [TruthCategory],
    pictures: [TruthPicture] = [], bands: [TruthBand] = [], notes: [String] = []
  ) {
    self.form = form
    self.unit = unit
    self.categories = categories
    self.pictures = pictures
    self.bands = bands
    self.notes = notes
  }

  /// What it consists of.
  package var kind: Kind {
    if !bands.isEmpty { return .bands }
    let hasMask = pictures.contains { $0.objects.contains { $0.outline != nil } }
    return hasMask ? .masks : .boxes
  }
}

/// What is known of one picture.
package struct TruthPicture: Hashable, Sendable {
  /// The name of its file, perhaps with folders before and without a suffix.
  package let name: String

  /// Columns and rows that the picture is said to have; nil where nothing is said.
  package let size: PictureSize?

  /// What is in it; perhaps nothing.
  package let objects: [TruthObject]

  /// Describes a picture.
  package init(name: String, size: PictureSize? = nil, objects: [TruthObject]) {
    self.name = name
    self.size = size
    self.objects = objects
  }
}

/// Columns and rows of a picture as it is displayed.
package struct PictureSize: Hashable, Sendable {
  /// Columns.
  package let width: Int

  /// Rows.
  package let height: Int

  /// Describes a size.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A stretch of a spectral axis by which a class is known.
package struct TruthBand: Hashable, Sendable {
  /// Its place in `GroundTruth.categories`.
  package let category: Int

  /// The lower end, in the unit of the axis.
  package let lower: Double

  /// The upper end, not below the lower one.
  package let upper: Double

  /// What it is made of, in words; may be empty.
  package let assignment: String

  /// Describes a band.
  package init(category: Int, lower: Double, upper: Double, assignment: String = "") {
    self.category = category
    self.lower = lower
    self.upper = upper
    self.assignment = assignment
  }
}
