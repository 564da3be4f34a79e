import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import GraphExecution

struct PackedWeightsTests {
  private func memory(_ values: [Float], _ shape: Shape) throws -> Memory {
    let memory = try Memory(allocating: .plain(shape), engine: Engine.shared())
    memory.write(values)
    return memory
  }

  @Test func `weights are packed once while somebody holds them`() throws {
    let weights = PackedWeights()
    let plain = try memory([1, 2, 3, 4, 5, 6], [2, 3])
    let equal = try memory([1, 2, 3, 4, 5, 6], [2, 3])
    var packedCount = 0
    func packed(_ plain: Memory, as wanted: MemoryDescriptor) throws -> Memory {
      try weights.memory(WeightDigest(plain), as: wanted) { () throws(ExecutionError) in
        packedCount += 1
        return try Memory(allocating: wanted, engine: Engine.shared())
      }
    }
    let wanted = try MemoryDescriptor.plain([2, 3])
    do {
      let first = try packed(plain, as: wanted)
      #expect(try packed(equal, as: wanted) === first)
      #expect(packedCount == 1)
      // Other kernels may want another layout.
      let other = try packed(plain, as: .strided([2, 3], strides: [1, 2]))
      #expect(other !== first && packedCount == 2)
    }
    _ = try packed(plain, as: wanted)
    #expect(packedCount == 3)
  }

  @Test(arguments: [1, 4, 7, 1027])
  func `every number counts, and so does the shape`(count: Int) throws {
    var generator = SeededGenerator(seed: 5)
    let values = Tensor.random([count], using: &generator, -1...1).elements
    let digest = WeightDigest(try memory(values, [count]))
    #expect(try digest == WeightDigest(memory(values, [count])))
    #expect(try digest != WeightDigest(memory(values, [1, count])))
    for index in stride(from: 0, to: count, by: max(1, count / 50)) {
      var changed = values
      changed[index] = changed[index].nextUp
      #expect(try digest != WeightDigest(memory(changed, [count])))
      guard count > 1, values[index] != values[(index + 4) % count] else { continue }
      changed = values
      changed.swapAt(index, (index + 4) % count)
      #expect(try digest != WeightDigest(memory(changed, [count])))
    }
  }

  /// Two programs of one network, for other numbers of samples, and a third without the network.
  @Test func `programs with equal weights give what each gives alone`() throws {
    var generator = SeededGenerator(seed: 8)
    let weights = Tensor.random([64, 32, 3, 3], using: &generator)
    func graph(_ samples: Int) throws -> Graph {
      let builder = GraphBuilder()
      let input = builder.input("x", shape: [samples, 32, 9, 9])
      let window = SlidingWindow(rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1])
      let first = input.convolved(
        with: builder.constant(weights) * builder.constant(0.5), Convolution(window: window))
      builder.output("y", first.rectified)
      return try builder.finish()
    }
    let input = Tensor.random([3, 32, 9, 9], using: &generator)
    let alone = try Program(graph(3)).run(["x": input])
    let (one, three) = (try Program(graph(1)), try Program(graph(3)))
    #expect(try three.run(["x": input]) == alone)
    for sample in 0..<3 {
      let single = try one.run(["x": Tensor.stack([input.part(sample)])])
      try expectClose(
        #require(single["y"]).part(0), #require(alone["y"]).part(sample), absolute: 1e-4,
        relative: 1e-5)
    }
  }
}
