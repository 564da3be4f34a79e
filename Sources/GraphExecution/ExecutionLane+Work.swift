import Synchronization

extension ExecutionLane {
  /// Makes values on the lane's threads, between its programs.
  ///
  /// Threads take the next index as they become free, so that works may differ in length.
  ///
  /// - Parameters:
  ///   - count: How many values there are.
  ///   - body: Makes the value of an index, at the same time as others.
  /// - Returns: The values in the order of indices.
  package func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    let results = Mutex([Value?](repeating: nil, count: count))
    let next = Atomic(0)
    thread.run {
      OpenMP.shared.runTeam(threadCount: min(count, OpenMP.shared.currentThreadCount)) { _, _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          let value = body(index)
          results.withLock { $0[index] = value }
        }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
