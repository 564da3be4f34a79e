import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import GraphExecution

/// Programs of one lane use the same bytes, one after another.
struct SharedArenaTests {
  /// Channels that fill no block, a padded window, a pooling and a product.
  private static func graph(channels: Int, size: Int, seed: UInt64) throws -> Graph {
    var generator = SeededGenerator(seed: seed)
    let builder = GraphBuilder()
    let input = builder.input("input", shape: Shape([2, 3, size, size]))
    let weights = builder.constant(Tensor.random([channels, 3, 3, 3], using: &generator, -1...1))
    let window = SlidingWindow(rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1])
    let layer = input.convolved(with: weights, Convolution(window: window)).rectified
    let further = builder.constant(
      Tensor.random([5, channels, 3, 3], using: &generator, -1...1))
    let last = layer.convolved(with: further, Convolution(window: window)).rectified
    builder.output("sums", last.sum(over: .axes([2, 3])))
    builder.output("map", (last * last).sum(over: .axes([1])))
    return try builder.finish()
  }

  private static func input(size: Int) -> [String: Tensor] {
    var generator = SeededGenerator(seed: 9)
    return ["input": Tensor.random([2, 3, size, size], using: &generator, -1...1)]
  }

  @Test func `programs in turn, and the worst that others can leave, change nothing`() throws {
    let lane = try ExecutionLane(threadCount: 1)
    let large = try Program(Self.graph(channels: 19, size: 40, seed: 1), lane: lane)
    let small = try Program(Self.graph(channels: 7, size: 21, seed: 2), lane: lane)
    #expect(lane.arena.byteCount == max(large.arenaByteCount, small.arenaByteCount))
    let (first, second) = (
      try large.run(Self.input(size: 40)), try small.run(Self.input(size: 21))
    )
    for _ in 0..<3 {
      lane.thread.run { lane.arena.spoil() }
      for name in ["sums", "map"] {
        #expect(try large.run(Self.input(size: 40))[name] == first[name])
        #expect(try small.run(Self.input(size: 21))[name] == second[name])
      }
    }
  }

  @Test func `what no program needs any more is given back`() throws {
    let lane = try ExecutionLane(threadCount: 1)
    let small = try Program(Self.graph(channels: 7, size: 21, seed: 2), lane: lane)
    let before = try small.run(Self.input(size: 21))
    do {
      let large = try Program(Self.graph(channels: 19, size: 64, seed: 1), lane: lane)
      _ = try large.run(Self.input(size: 64))
      #expect(lane.arena.byteCount == large.arenaByteCount)
    }
    #expect(lane.arena.byteCount == small.arenaByteCount)
    #expect(try small.run(Self.input(size: 21))["map"] == before["map"])
  }
}
