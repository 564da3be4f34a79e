/// Which positions of an output are explained.
public enum Positions: Hashable, Sendable {
  /// The one where the class has its highest probability; its highest score where there are none.
  case best

  /// All where the class has a higher score than any other; of a single class, where it is more
  /// likely than not.
  case winning

  /// All of them.
  case all

  /// One, by its index along each axis.
  case single([Int])

  /// Those of a region: 1 inside and 0 outside, position by position, and what the region is called.
  case region([Float], name: String)
}
