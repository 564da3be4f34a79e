import TensorCore
import Testing

@testable import GraphExecution

// Sums of small whole numbers are exact in `Float`, so that results are compared for equality.
struct ConvolutionPrimitiveTests {
  private let dense = WindowGeometry(
    strides: [1, 1], dilations: [1, 1], paddingBefore: [0, 0], paddingAfter: [0, 0])
  private let image = Tensor([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9])
  private let kernel = Tensor([1, 1, 2, 2], [1, 2, 3, 4])
  private let gradient = Tensor([1, 1, 2, 2], [1, 2, 3, 4])

  private func forward(_ bench: KernelBench) throws(ExecutionError) -> PrimitiveDescriptor {
    try .convolution(
      source: bench.plain(1, 1, 3, 3), weights: bench.plain(1, 1, 2, 2), bias: bench.plain(1),
      destination: bench.plain(1, 1, 2, 2), window: dense, attributes: bench.attributes,
      engine: bench.engine)
  }

  @Test func `forward equals the sum over taps plus bias`() throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      try bench.run(
        forward(bench), [.source: image, .weights: kernel, .bias: Tensor([1], [100])])
    }
    #expect(result == Tensor([1, 1, 2, 2], [137, 147, 167, 177]))
  }

  @Test func `backward by data spreads each gradient over its window`() throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let descriptor = try PrimitiveDescriptor.convolutionBackwardData(
        sourceGradient: bench.plain(1, 1, 3, 3), weights: bench.plain(1, 1, 2, 2),
        destinationGradient: bench.plain(1, 1, 2, 2), window: dense, forward: forward(bench),
        attributes: PrimitiveAttributes(), engine: bench.engine)
      return try bench.run(
        descriptor, [.destinationGradient: gradient, .weights: kernel], result: .sourceGradient)
    }
    #expect(result == Tensor([1, 1, 3, 3], [1, 4, 4, 6, 20, 16, 9, 24, 16]))
  }

  @Test func `backward by weights correlates the source with the gradient`() throws {
    let results = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let descriptor = try PrimitiveDescriptor.convolutionBackwardWeights(
        source: bench.plain(1, 1, 3, 3), weightsGradient: bench.plain(1, 1, 2, 2),
        biasGradient: bench.plain(1), destinationGradient: bench.plain(1, 1, 2, 2),
        window: dense, forward: forward(bench), attributes: PrimitiveAttributes(),
        engine: bench.engine)
      let bias = try bench.memory(Tensor([1], [0]))
      let weights = try bench.run(
        descriptor, [.source: image, .destinationGradient: gradient], result: .weightsGradient,
        others: [.biasGradient: bias])
      return [weights, bias.read()]
    }
    #expect(results == [Tensor([1, 1, 2, 2], [37, 47, 67, 77]), Tensor([1], [10])])
  }

  @Test func `one axis with groups, stride, dilation and uneven padding`() throws {
    // Taps 2 apart and steps of 2 over 0 0 0 1 2 3 4 5 0: windows (0,0), (0,2), (2,4), (4,0).
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let descriptor = try PrimitiveDescriptor.convolution(
        source: bench.plain(1, 2, 5), weights: bench.plain(2, 1, 1, 2), bias: nil,
        destination: bench.plain(1, 2, 4),
        window: WindowGeometry(
          strides: [2], dilations: [2], paddingBefore: [3], paddingAfter: [1]),
        attributes: bench.attributes, engine: bench.engine)
      return try bench.run(
        descriptor,
        [
          .source: Tensor([1, 2, 5], [1, 2, 3, 4, 5, 10, 20, 30, 40, 50]),
          .weights: Tensor([2, 1, 1, 2], [1, 1, 1, -1]),
        ])
    }
    #expect(result == Tensor([1, 2, 4], [0, 2, 6, 4, 0, -20, -20, 40]))
  }

  @Test func `post-operations apply in order`() throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let perChannel = try bench.plain(1, 1, 1, 1)
      let operations: [PostOperation] = [
        .binary(.multiply, perChannel), .elementwise(.clip, alpha: 75, beta: 100),
        .elementwise(.linear, alpha: 2, beta: 1),
      ]
      let descriptor = try PrimitiveDescriptor.convolution(
        source: bench.plain(1, 1, 3, 3), weights: bench.plain(1, 1, 2, 2), bias: nil,
        destination: bench.plain(1, 1, 2, 2), window: dense,
        attributes: PrimitiveAttributes(operations), engine: bench.engine)
      return try bench.run(
        descriptor,
        [.source: image, .weights: kernel, .postOperand(0): Tensor([1, 1, 1, 1], [2])])
    }
    // 37, 47, 67, 77 doubled, limited to 75…100, doubled, plus one.
    #expect(result == Tensor([1, 1, 2, 2], [151, 189, 201, 201]))
  }

  @Test func `impossible shapes are an error that names them`() {
    let error = #expect(throws: ExecutionError.self) {
      try KernelBench.onKernelThread { bench throws(ExecutionError) in
        try PrimitiveDescriptor.convolution(
          source: bench.plain(1, 1, 3, 3), weights: bench.plain(1, 1, 2, 2), bias: nil,
          destination: bench.plain(1, 1, 7, 7), window: dense, attributes: bench.attributes,
          engine: bench.engine
        ).name
      }
    }
    #expect(error?.code == .invalidArguments)
    #expect(error?.description.contains("[1×1×3×3] with [1×1×2×2] to [1×1×7×7]") == true)
  }
}
