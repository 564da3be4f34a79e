/// What is known of one input, at the positions of a network.
package struct PlacedTruth: Hashable, Sendable {
  /// The part of the input that is of one category.
  package struct Region: Hashable, Sendable {
    /// Its place in `GroundTruth.categories`.
    package let category: Int

    /// Whether each position belongs to it, in row-major order.
    package let inside: [Bool]

    /// The same for each thing that has a box or band of its own; may be empty.
    package let instances: [[Bool]]

    /// The share of what is marked that the network sees, 0…1.
    package let shownShare: Double
  }

  /// The categories that are in the input, in order; also those that come to lie on no position.
  package let regions: [Region]

  /// What was cut or left out, one sentence each.
  package let notes: [String]

  /// The part of the input that belongs to some categories, and what belongs to the rest.
  ///
  /// - Parameter categories: Their places.
  /// - Returns: Nil where the input has nothing of them, or nothing that comes to lie on a position.
  package func region(of categories: [Int]) -> MarkedRegion? {
    let own = regions.filter { categories.contains($0.category) }
    let rest = regions.filter { !categories.contains($0.category) }
    guard let inside = Self.union(own.map(\.inside)), inside.contains(true) else { return nil }
    return MarkedRegion(
      inside: inside, instances: own.flatMap(\.instances),
      others: Self.union(rest.map(\.inside)).flatMap { $0.contains(true) ? $0 : nil },
      shownShare: own.map(\.shownShare).reduce(0, +) / Double(own.count))
  }

  /// What belongs to at least one; nil for none.
  static func union(_ masks: [[Bool]]) -> [Bool]? {
    guard var all = masks.first else { return nil }
    for mask in masks.dropFirst() {
      for index in all.indices where mask[index] { all[index] = true }
    }
    return all
  }
}

/// Where in an input stands what some classes are known by.
package struct MarkedRegion: Hashable, Sendable {
  /// Whether each position belongs to it, in row-major order; at least one does.
  package let inside: [Bool]

  /// The same for each thing that has a box or band of its own and lies on a position; may be empty.
  package let instances: [[Bool]]

  /// What belongs to other categories, which may overlap; nil where there is nothing.
  package let others: [Bool]?

  /// The share of what is marked that the network sees, 0…1; the mean of several categories.
  package let shownShare: Double
}
