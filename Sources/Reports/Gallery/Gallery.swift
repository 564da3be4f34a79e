package import Foundation

/// Many pictures with what was found in each, to be looked through.
package struct Gallery: Sendable {
  /// A picture.
  package struct Item: Sendable {
    /// What was found, such as a class; pictures are sorted by it.
    package var finding: String

    /// How strong it is; pictures are sorted by it.
    package var score: Double

    /// The score as it is read.
    package var scoreText: String

    /// What the picture is called, such as its file.
    package var name: String

    /// More about it in a few words; may be empty.
    package var detail: String

    /// A small picture as the bytes of a JPEG file; empty if there is none.
    package var thumbnail: Data

    /// The file that shows more, beside the page; nil if there is none.
    package var link: String?

    /// Creates an item.
    package init(
      finding: String, score: Double, scoreText: String, name: String, detail: String,
      thumbnail: Data, link: String?
    ) {
      self.finding = finding
      self.score = score
      self.scoreText = scoreText
      self.name = name
      self.detail = detail
      self.thumbnail = thumbnail
      self.link = link
    }
  }

  /// What the pictures are.
  package var title: String

  /// How they were made, in one line.
  package var subtitle: String

  /// The pictures, in the order of their files.
  package var items: [Item]

  /// What could not be shown, one line each.
  package var failures: [String]

  /// The last line, such as what made the page.
  package var footer: String

  /// Creates a gallery.
  package init(
    title: String, subtitle: String, items: [Item], failures: [String], footer: String
  ) {
    self.title = title
    self.subtitle = subtitle
    self.items = items
    self.failures = failures
    self.footer = footer
  }
}
