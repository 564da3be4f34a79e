/// Reads groups of samples one ahead of whoever uses them.
final class ReadAhead {
  private let source: InputSource
  private var chunks: ArraySlice<[SampleEntry]>
  private var reading: Task<[PreparedSample], Never>?

  /// Begins to read the first group.
  init(_ source: InputSource, _ chunks: [[SampleEntry]]) {
    self.source = source
    self.chunks = chunks[...]
    begin()
  }

  deinit { reading?.cancel() }

  /// The samples of the next group, whose successor begins to be read; none after the last.
  func next() async -> [PreparedSample] {
    let inputs = await reading?.value ?? []
    begin()
    return inputs
  }

  private func begin() {
    reading = chunks.popFirst().map { entries in
      Task { [source] in await source.load(entries) }
    }
  }
}
