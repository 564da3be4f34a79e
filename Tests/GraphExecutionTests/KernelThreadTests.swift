import Foundation
import Testing

@testable import GraphExecution

struct KernelThreadTests {
  @Test func `results come from one thread that is not the caller's`() {
    let thread = KernelThread()
    let first = thread.run { ObjectIdentifier(Thread.current) }
    let second = thread.run { ObjectIdentifier(Thread.current) }
    #expect(first == second)
    #expect(first != ObjectIdentifier(Thread.current))
  }

  @Test func `errors come back, and the thread goes on`() {
    let thread = KernelThread()
    let error = #expect(throws: ExecutionError.self) {
      try thread.run { () throws(ExecutionError) -> Int in
        throw ExecutionError(.unsupported, "no such kernel", node: "conv1")
      }
    }
    #expect(error?.description == "node conv1: no such kernel")
    #expect(thread.run { 42 } == 42)
  }

  @Test func `a job may ask for another one`() {
    let thread = KernelThread()
    #expect(thread.run { thread.run { 1 } + 1 } == 2)
  }

  @Test func `jobs of many tasks all run`() async {
    let thread = KernelThread()
    let sum = await withTaskGroup(of: Int.self) { group in
      for value in 0..<100 { group.addTask { thread.run { value } } }
      return await group.reduce(0, +)
    }
    #expect(sum == 4950)
  }

  @Test(arguments: [1, 2, 5])
  func `kernels use as many threads as were set`(count: Int) throws {
    try #require(OpenMP.shared.runsTeams, "the library has no OpenMP runtime that is known")
    let thread = KernelThread()
    thread.setThreadCount(count)
    #expect(thread.threadCount == count)
    let seen = Mutexed<Set<ObjectIdentifier>>([])
    thread.run {
      OpenMP.shared.runTeam { _, size in
        seen.update { $0.insert(ObjectIdentifier(Thread.current)) }
        if size != count { Issue.record("a team of \(size) threads") }
      }
    }
    #expect(seen.value.count == count)
  }
}

struct SleepingTeamTests {
  @Test(.enabled(if: SleepingTeam.isWanted, "the environment says how threads wait"))
  func `a thread that waits for others sleeps soon`() throws {
    try #require(OpenMP.shared.runsTeams, "the library has no OpenMP runtime that is known")
    let thread = KernelThread()
    thread.setThreadCount(2)
    let spent = Mutexed<[Double]>([])
    thread.run {
      for _ in 0..<8 {
        OpenMP.shared.runTeam { index, _ in
          if index == 1 { return spent.update { $0.append(threadSeconds()) } }
          let end = ContinuousClock.now + .milliseconds(20)
          while ContinuousClock.now < end {}
        }
      }
    }
    // The second thread waits for 20 ms after each of its times; it would spin for 5 to 10 of them.
    let waits = zip(spent.value, spent.value.dropFirst()).map { $1 - $0 }
    #expect(waits.count == 7 && waits.sorted()[3] < 0.002, "\(waits)")
  }

  /// The processor time of the calling thread.
  private func threadSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

struct ParallelLoopTests {
  @Test(arguments: [0, 1, 2, 3, 7, 1000], [1, 2, 3])
  func `every index is visited exactly once`(count: Int, threadCount: Int) {
    let thread = KernelThread()
    thread.setThreadCount(threadCount)
    let visits = Mutexed([Int](repeating: 0, count: count))
    thread.run {
      ParallelLoop.forEachChunk(count) { range in
        for index in range { visits.update { $0[index] += 1 } }
      }
    }
    #expect(visits.value == [Int](repeating: 1, count: count))
  }

  @Test func `chunks are as long as asked`() {
    let thread = KernelThread()
    thread.setThreadCount(4)
    let ranges = Mutexed<[Range<Int>]>([])
    thread.run {
      ParallelLoop.forEachChunk(25, minimumChunk: 10) { range in ranges.update { $0.append(range) }
      }
    }
    let expected: [Range<Int>] = OpenMP.shared.runsTeams ? [0..<13, 13..<25] : [0..<25]
    #expect(ranges.value.sorted { $0.lowerBound < $1.lowerBound } == expected)
  }
}

/// A value that threads change in turn.
private final class Mutexed<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var guarded: Value

  init(_ value: Value) { guarded = value }

  var value: Value { lock.withLock { guarded } }

  func update(_ change: (inout Value) -> Void) { lock.withLock { change(&guarded) } }
}
