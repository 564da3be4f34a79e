/// Things that are made a few at a time, when they are asked for.
struct Deferred<Element: Sendable>: Sendable {
  /// How many there are.
  let count: Int

  private let make: @Sendable (Range<Int>) throws -> [Element]

  /// Things that are there already.
  init(_ elements: [Element]) {
    count = elements.count
    make = { Array(elements[$0]) }
  }

  /// Things that are made.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - make: Makes those in a range.
  init(count: Int, make: @escaping @Sendable (Range<Int>) throws -> [Element]) {
    self.count = count
    self.make = make
  }

  /// Some things of several, as if they were one after another.
  init(joining parts: [Deferred]) {
    var starts = [0]
    for part in parts { starts.append(starts[starts.count - 1] + part.count) }
    let offsets = starts
    self.init(count: offsets[parts.count]) { range in
      try parts.indices.flatMap { index in
        let own = range.clamped(to: offsets[index]..<offsets[index + 1])
        guard !own.isEmpty else { return [Element]() }
        return try parts[index].elements(
          own.lowerBound - offsets[index]..<own.upperBound - offsets[index])
      }
    }
  }

  /// The things in a range.
  ///
  /// - Throws: What is wrong with one of them.
  func elements(_ range: Range<Int>) throws -> [Element] { try make(range) }

  /// All of them.
  ///
  /// - Throws: What is wrong with one of them.
  var all: [Element] { get throws { try make(0..<count) } }

  /// What is made of each, or nothing.
  func compactMapped<Result>(
    _ transform: @escaping @Sendable (Element) -> Result?
  ) -> Deferred<Result> {
    let make = make
    return Deferred<Result>(count: count) { try make($0).compactMap(transform) }
  }
}
