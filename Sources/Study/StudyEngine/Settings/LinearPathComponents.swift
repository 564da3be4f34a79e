/// How many components of PLS regression lead straight to a quantity, beside the layers of a network.
public enum LinearPathComponents: Sendable, Hashable {
  /// None: there are layers only.
  case none

  /// As many as given, or as spectra allow.
  case fixed(Int)

  /// As many as serve best beside the layers, found inside the training spectra.
  case searched(LinearPathSearch)
}

/// How the number of components of a linear path is found.
///
/// Networks are trained on all but one fold of the training spectra after the other, each for what
/// paths of every number of components leave over, all numbers at once. The number whose path and
/// network err least on the folds left out is taken, if they err less than the network alone by more
/// than the standard error of the difference.
public struct LinearPathSearch: Sendable, Hashable {
  /// What is tried besides none, and as many as PLS regression has by itself.
  public var componentCounts = [2, 4, 8]

  /// How many folds are made, at least two.
  public var foldCount = 4

  /// The share of the epochs of a training that the networks of the search are trained for.
  public var epochShare = 0.5

  /// Creates settings with their defaults.
  public init() {}

  /// The numbers tried, where PLS regression by itself has `most` components.
  func candidates(upTo most: Int) -> [Int] {
    Set([0, most] + componentCounts.filter { $0 < most }).sorted()
  }
}
