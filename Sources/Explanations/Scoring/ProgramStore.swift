import Synchronization

/// Programs by what they are for, each made when it is first asked for.
final class ProgramStore<Key: Hashable & Sendable, Results: Sendable>: Sendable {
  private let known = Mutex<[Key: NetworkProgram<Results>]>([:])

  /// The program for a purpose.
  func program(
    _ key: Key, make: () -> NetworkProgram<Results>
  ) -> NetworkProgram<Results> {
    known.withLock { known in
      if let program = known[key] { return program }
      let program = make()
      known[key] = program
      return program
    }
  }
}
