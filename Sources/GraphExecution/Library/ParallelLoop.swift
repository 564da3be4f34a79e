/// Splits index ranges over the threads that the kernel library already keeps.
///
/// To be called on the kernel thread only: the OpenMP runtime keeps one set of workers per
/// calling thread, and a second set would compete with the library's.
enum ParallelLoop {
  /// Calls `body` on several threads with ranges that cover `0..<count` once, and waits.
  ///
  /// Which ranges depends only on the counts.
  ///
  /// - Parameters:
  ///   - count: The number of indices.
  ///   - minimumChunk: Ranges are not made shorter than this (1 or more); below twice this many
  ///     indices everything runs on the calling thread.
  ///   - body: Writes nothing that another range reads or writes.
  static func forEachChunk(_ count: Int, minimumChunk: Int = 1, _ body: (Range<Int>) -> Void) {
    precondition(minimumChunk >= 1, "a chunk has at least one index")
    guard count > 0 else { return }
    let openMP = OpenMP.shared
    guard count >= 2 * minimumChunk, openMP.currentThreadCount > 1 else { return body(0..<count) }
    openMP.runTeam { index, teamSize in
      let chunks = min(teamSize, count / minimumChunk)
      guard index < chunks else { return }
      // The first `remainder` ranges are longer by one.
      let (length, remainder) = count.quotientAndRemainder(dividingBy: chunks)
      let start = index * length + min(index, remainder)
      body(start..<start + length + (index < remainder ? 1 : 0))
    }
  }
}
