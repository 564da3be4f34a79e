import TensorCore
import Testing

@testable import GraphExecution

struct ArithmeticPrimitiveTests {
  @Test func `maximum pooling passes gradients to the maxima`() throws {
    let results = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let window = WindowGeometry(
        strides: [2], dilations: [1], paddingBefore: [0], paddingAfter: [0])
      let forward = try PrimitiveDescriptor.pooling(
        .maximum, keepsWorkspace: true, source: bench.plain(1, 1, 4),
        destination: bench.plain(1, 1, 2), kernel: [2], window: window,
        attributes: bench.attributes, engine: bench.engine)
      guard let layout = try forward.descriptor(of: .workspace) else {
        throw ExecutionError(.libraryFailure, "no workspace")
      }
      let workspace = try Memory(allocating: layout, engine: bench.engine)
      let pooled = try bench.run(
        forward, [.source: Tensor([1, 1, 4], [3, 1, 2, 5])], others: [.workspace: workspace])
      let backward = try PrimitiveDescriptor.poolingBackward(
        .maximum, sourceGradient: bench.plain(1, 1, 4), destinationGradient: bench.plain(1, 1, 2),
        kernel: [2], window: window, forward: forward, attributes: PrimitiveAttributes(),
        engine: bench.engine)
      let gradient = try bench.run(
        backward, [.destinationGradient: Tensor([1, 1, 2], [7, 8])], result: .sourceGradient,
        others: [.workspace: workspace])
      return [pooled, gradient]
    }
    #expect(results == [Tensor([1, 1, 2], [3, 5]), Tensor([1, 1, 4], [7, 0, 0, 8])])
  }

  @Test(arguments: [
    (PoolingKind.averageIncludingPadding, [1, 5, 4]),
    (PoolingKind.averageExcludingPadding, [2, 5, 8]),
  ])
  func `averages count padding or not`(kind: PoolingKind, expected: [Int]) throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let window = WindowGeometry(
        strides: [2], dilations: [1], paddingBefore: [1], paddingAfter: [1])
      return try bench.run(
        .pooling(
          kind, keepsWorkspace: false, source: bench.plain(1, 1, 4),
          destination: bench.plain(1, 1, 3), kernel: [2], window: window,
          attributes: bench.attributes, engine: bench.engine),
        [.source: Tensor([1, 1, 4], [2, 4, 6, 8])])
    }
    #expect(result == Tensor([1, 1, 3], expected))
  }

  @Test func `pooling with dilation skips positions`() throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      let window = WindowGeometry(
        strides: [1], dilations: [2], paddingBefore: [0], paddingAfter: [0])
      return try bench.run(
        .pooling(
          .maximum, keepsWorkspace: false, source: bench.plain(1, 1, 4),
          destination: bench.plain(1, 1, 2), kernel: [2], window: window,
          attributes: bench.attributes, engine: bench.engine),
        [.source: Tensor([1, 1, 4], [1, 9, 2, 3])])
    }
    #expect(result == Tensor([1, 1, 2], [2, 9]))
  }

  @Test func `matrix product of a batch with one matrix and a bias`() throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      try bench.run(
        .matrixProduct(
          source: bench.plain(2, 1, 2), weights: bench.plain(1, 2, 2), bias: bench.plain(1, 1, 2),
          destination: bench.plain(2, 1, 2), attributes: bench.attributes, engine: bench.engine),
        [
          .source: Tensor([2, 1, 2], [1, 2, 3, 4]), .weights: Tensor([1, 2, 2], [1, 10, 2, 20]),
          .bias: Tensor([1, 1, 2], [100, 200]),
        ])
    }
    #expect(result == Tensor([2, 1, 2], [105, 250, 111, 310]))
  }

  @Test func `inner product multiplies by the transpose`() throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      try bench.run(
        .innerProduct(
          source: bench.plain(1, 2), weights: bench.plain(3, 2), bias: nil,
          destination: bench.plain(1, 3), attributes: bench.attributes, engine: bench.engine),
        [.source: Tensor([1, 2], [1, 10]), .weights: Tensor([3, 2], [1, 2, 3, 4, 5, 6])])
    }
    #expect(result == Tensor([1, 3], [21, 43, 65]))
  }

  @Test func `binary broadcasts its second source`() throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      try bench.run(
        .binary(
          .subtract, bench.plain(2, 2), bench.plain(1, 2), destination: bench.plain(2, 2),
          attributes: bench.attributes, engine: bench.engine),
        [.source: Tensor([2, 2], [1, 2, 3, 4]), .secondSource: Tensor([1, 2], [1, 5])])
    }
    #expect(result == Tensor([2, 2], [0, -3, 2, -1]))
  }

  @Test(arguments: [
    (ReductionKind.sum, [6, 15]), (.mean, [2, 5]), (.maximum, [3, 6]), (.minimum, [1, 4]),
    (.product, [6, 120]),
  ])
  func `reductions combine the axis that becomes one`(kind: ReductionKind, expected: [Int]) throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      try bench.run(
        .reduction(
          kind, source: bench.plain(2, 3), destination: bench.plain(2, 1),
          attributes: bench.attributes, engine: bench.engine),
        [.source: Tensor([2, 3], [1, 2, 3, 4, 5, 6])])
    }
    #expect(result == Tensor([2, 1], expected))
  }

  @Test func `softmax sums to one and its logarithm agrees`() throws {
    let results = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      var results: [Tensor] = []
      for isLogarithmic in [false, true] {
        results.append(
          try bench.run(
            .softmax(
              source: bench.plain(1, 3), destination: bench.plain(1, 3), axis: 1,
              isLogarithmic: isLogarithmic, attributes: bench.attributes, engine: bench.engine),
            [.source: Tensor([1, 3], [0, 1, 2])]))
      }
      return results
    }
    // e⁰, e¹, e² over their sum 11.1073; the library approximates logarithms to about 2e-6.
    let expected: [Float] = [0.090_030_57, 0.244_728_47, 0.665_240_96]
    let logarithms: [Float] = [-2.407_606, -1.407_606, -0.407_606]
    for (value, wanted) in zip(results.flatMap(\.elements), expected + logarithms) {
      #expect(abs(value - wanted) < 5e-6)
    }
    #expect(results.flatMap(\.elements).count == 6)
  }

  @Test(arguments: [
    (ElementwiseKind.rectify, Float(0.5), Float(0), [Float(-1), 0, 3]),
    (.linear, 2, 1, [-3, 1, 7]), (.clip, -1, 2, [-1, 0, 2]), (.absolute, 0, 0, [2, 0, 3]),
    (.square, 0, 0, [4, 0, 9]), (.power, 2, 2, [8, 0, 18]),
    (.exponential, 0, 0, [0.135_335_28, 1, 20.085_537]),
    (.logistic, 0, 0, [0.119_202_92, 0.5, 0.952_574_13]),
    (.tanh, 0, 0, [-0.964_027_58, 0, 0.995_054_75]),
    (.swish, 1, 0, [-0.238_405_84, 0, 2.857_722_4]),
    (.softplus, 1, 0, [0.126_928_01, 0.693_147_18, 3.048_587_4]),
    (.geluErf, 0, 0, [-0.045_500_26, 0, 2.995_950_3]),
  ])
  func `elementwise functions mean what they say`(
    kind: ElementwiseKind, alpha: Float, beta: Float, expected: [Float]
  ) throws {
    let result = try KernelBench.onKernelThread { bench throws(ExecutionError) in
      try bench.run(
        .elementwise(
          kind, alpha: alpha, beta: beta, data: bench.plain(3), attributes: bench.attributes,
          engine: bench.engine),
        [.source: Tensor([3], [-2, 0, 3])])
    }
    // Vectorized approximations: absolute 2e-6 near zero, relative 2e-6 elsewhere.
    #expect(
      zip(result.elements, expected).allSatisfy { abs($0 - $1) <= 2e-6 * max(1, abs($1)) },
      "\(result.elements) is not \(expected)")
  }
}
