import GraphExecution
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct BatchedProgramTests {
  /// A small network with a pooled head, like those that spectra are classified by.
  private func graph(samples: Int) throws -> Graph {
    var generator = SeededGenerator(seed: 7)
    let builder = GraphBuilder()
    let input = builder.input("spectrum", shape: [samples, 2, 19])
    let window = SlidingWindow(rank: 1, paddingBefore: [1], paddingAfter: [1])
    let first = builder.constant(Tensor.random([20, 2, 3], using: &generator, -1...1))
    let second = builder.constant(Tensor.random([20, 20, 3], using: &generator, -1...1))
    let stem = input.convolved(with: first, Convolution(window: window)).rectified
    let block = (stem.convolved(with: second, Convolution(window: window)) + stem).rectified
    builder.output("map", block)
    builder.output("mean", block.mean(over: .positions))
    return try builder.finish()
  }

  private func input(samples: Int) -> [String: Tensor] {
    var generator = SeededGenerator(seed: 9)
    return ["spectrum": Tensor.random([samples, 2, 19], using: &generator, -1...1)]
  }

  @Test(arguments: [1, 4, 5, 11, 16])
  func `parts give what all samples at once give`(chunkSize: Int) throws {
    let inputs = input(samples: 11)
    let whole = try Program(graph(samples: 11)).run(inputs)
    let parts = try BatchedProgram(chunkSize: chunkSize) { try graph(samples: $0) }.run(inputs)
    #expect(parts.names.sorted() == ["map", "mean"])
    for (name, tensor) in whole {
      // Kernels for other counts may add in another order.
      try expectClose(#require(parts[name]), tensor, absolute: 1e-5, relative: 1e-5)
    }
  }

  @Test func `a sample's result does not depend on its neighbors`() throws {
    let batched = try BatchedProgram(chunkSize: 4) { try graph(samples: $0) }
    let inputs = input(samples: 7)
    let all = try batched.run(inputs)
    for sample in 0..<7 {
      let alone = Tensor.stack([try #require(inputs["spectrum"]).part(sample)])
      let one = try batched.run(["spectrum": alone])
      for (name, tensor) in all { #expect(one[name]?.part(0) == tensor.part(sample)) }
    }
  }

  @Test func `missing and misshapen inputs are named`() throws {
    let batched = try BatchedProgram(chunkSize: 2) { try graph(samples: $0) }
    #expect { try batched.run([:]) } throws: { "\($0)".contains("spectrum is missing") }
    #expect {
      try batched.run(["spectrum": Tensor(shape: [3, 2, 18], repeating: 0)])
    } throws: { "\($0)".contains("[3×2×18], not 3 samples of [2×19]") }
  }
}
