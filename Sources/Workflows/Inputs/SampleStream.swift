/// The samples of a source, part after part, one part ahead of whoever uses them.
///
/// Files are read when their samples come next, and samples prepared part by part: of a file of many
/// spectra only the numbers are in memory as a whole.
package final class SampleStream {
  /// The next samples.
  package struct Part: Sendable {
    /// At least one.
    package let samples: [PreparedSample]

    /// How many more there are in files that are read.
    package let waitingCount: Int

    /// How many entries of the source are read.
    package let entryCount: Int
  }

  /// How many samples the first part has, where that is known before it is read.
  let expectedCount: Int?

  private var cursor: Cursor
  private var reading: Task<(Part?, Cursor), Never>?

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - source: Where samples come from.
  ///   - size: How many a part has at most.
  ///   - done: Files that are left out.
  package init(_ source: InputSource, size: Int, without done: Set<String> = []) {
    let chunks = source.chunks(of: size, without: done)
    expectedCount = chunks.first.flatMap(source.expectedCount)
    cursor = Cursor(source: source, size: size, chunks: chunks[...])
    begin()
  }

  deinit { reading?.cancel() }

  /// The next part, whose successor begins to be read; nil after the last.
  package func next() async -> Part? {
    guard let (part, cursor) = await reading?.value else { return nil }
    self.cursor = cursor
    reading = nil
    if part != nil { begin() }
    return part
  }

  private func begin() {
    reading = Task { [cursor] in
      var cursor = cursor
      let part = await cursor.next()
      return (part, cursor)
    }
  }

  /// How far the source is read.
  private struct Cursor: Sendable {
    let source: InputSource
    let size: Int
    var chunks: ArraySlice<[SampleEntry]>
    var sets: ArraySlice<SampleSet> = []
    /// How many samples of the first set are used.
    var offset = 0
    var entryCount = 0

    mutating func next() async -> Part? {
      var samples: [PreparedSample] = []
      while samples.isEmpty {
        if sets.isEmpty {
          guard let entries = chunks.popFirst() else { return nil }
          sets = await source.load(entries)[...]
          entryCount += entries.count
        }
        while samples.count < size, let set = sets.first {
          let end = min(set.samples.count, offset + size - samples.count)
          samples += source.samples(of: set, offset..<end)
          offset = end
          guard offset == set.samples.count else { continue }
          sets.removeFirst()
          offset = 0
        }
      }
      let waiting = sets.reduce(0) { $0 + $1.samples.count } - offset
      return Part(samples: samples, waitingCount: waiting, entryCount: entryCount)
    }
  }
}

/// The samples in a file, or those that a user names together.
struct SampleSet: Sendable {
  /// The file, or what names them.
  let path: String

  /// The samples; making one of them can fail.
  let samples: Deferred<PreparedSample>
}
