/// How many of many points run at once.
enum RunSize {
  /// The next power of two of few points; of more what fills its runs best, half of the largest or more.
  ///
  /// A size that there is a program for is taken where it runs no more than a quarter more rows.
  ///
  /// - Parameters:
  ///   - count: How many points there are, at least one.
  ///   - largest: How many may run at once, at least one.
  ///   - isKnown: Whether there is a program for a size.
  /// - Returns: The size, at most the largest.
  static func best(for count: Int, largest: Int, isKnown: (Int) -> Bool) -> Int {
    guard count >= largest else {
      var size = 1
      while size < count { size *= 2 }
      return min(size, largest)
    }
    let rows = { (size: Int) in (count + size - 1) / size * size }
    let sizes = ((largest + 1) / 2...largest).reversed()
    let best = sizes.min { rows($0) < rows($1) } ?? largest
    let known = sizes.filter(isKnown).min { rows($0) < rows($1) }
    guard let known, 4 * rows(known) <= 5 * rows(best) else { return best }
    return known
  }
}
