/// A kind of thing that truth marks, such as `dog`.
package struct TruthCategory: Hashable, Sendable {
  /// Which classes of a network it stands for.
  package enum Meaning: Hashable, Sendable {
    /// Those whose label is its name.
    case name
    /// Those with these indices, as the file says.
    case indices([Int])
    /// Any, as the file marks one thing without naming it.
    case any
  }

  /// What the file calls it.
  package let name: String

  /// Which classes it stands for.
  package let meaning: Meaning

  /// Describes a category.
  package init(_ name: String, meaning: Meaning = .name) {
    self.name = name
    self.meaning = meaning
  }
}
