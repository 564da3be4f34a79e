import GraphIR
import GraphRewriting
import ONNXFormat
import Operations
import TensorCore
import TestSupport
import Testing

/// A graph of one sample that is written for any number of them computes each as alone.
@Suite(.needsPython)
struct FreeSampleTests {
  /// A network with what gradients and relevance make of it, for a number of samples.
  private struct Case: Sendable {
    let name: String
    let inputShape: Shape
    /// Whether the gradient of the results is one for each sample, not the same for all.
    var weightsFollow = true
    let layer: @Sendable (Value) -> Value

    /// The layer and the gradient of a weighted sum of its results.
    func graph(_ samples: Int) throws -> Graph {
      let builder = GraphBuilder()
      let x = builder.input("x", shape: Shape([samples] + inputShape.extents))
      let y = layer(x * 2)
      builder.output("y", y)
      // One row of weights for all samples.
      var weights = builder.constant(.seeded(Shape([1] + y.shape.extents.dropFirst()), seed: 5))
      weights = weightsFollow ? weights + y * 0 : weights.broadcast(to: y.shape)
      let gradient = try builder.gradients(of: [Seed(y, weights: weights)], withRespectTo: [x])
      builder.output("gradient", gradient[0])
      return try builder.finish()
    }
  }

  private static func pooling(
    _ kernel: [Int], strides: [Int], dilations: [Int]? = nil, padding: [Int]
  ) -> PoolingWindow {
    PoolingWindow(
      kernel: kernel,
      window: SlidingWindow(
        rank: kernel.count, strides: strides,
        dilations: dilations ?? kernel.map { _ in 1 }, paddingBefore: padding,
        paddingAfter: padding))
  }

  private static let cases = [
    Case(name: "convolution", inputShape: [2, 7]) { x in
      x.convolved(
        with: x.builder.constant(.seeded([4, 2, 3], seed: 1)),
        Convolution(window: SlidingWindow(rank: 1, strides: [2])))
    },
    Case(name: "max pooling", inputShape: [2, 6, 5]) { x in
      x.builder.apply(MaxPooling(pooling([3, 2], strides: [2, 1], padding: [1, 0])), [x])
    },
    Case(name: "max pooling with long padding", inputShape: [2, 6]) { x in
      x.builder.apply(MaxPooling(pooling([2], strides: [1], padding: [2])), [x])
    },
    Case(name: "max pooling before a linear head", inputShape: [2, 6], weightsFollow: false) { x in
      x.builder.apply(MaxPooling(pooling([2], strides: [2], padding: [0])), [x])
    },
    Case(name: "class token", inputShape: [4, 5]) { x in
      let token = x.builder.constant(.seeded([1, 1, 5], seed: 4))
      return x.builder.apply(
        Concatenate(axis: 1), [token.broadcast(to: [x.shape[0], 1, 5]), x])
    },
    Case(name: "average pooling", inputShape: [3, 6, 5]) { x in
      x.builder.apply(AveragePooling(pooling([3, 2], strides: [2, 1], padding: [1, 0])), [x])
    },
    Case(name: "dilated average pooling", inputShape: [3, 9]) { x in
      x.builder.apply(
        AveragePooling(pooling([3], strides: [1], dilations: [2], padding: [1])), [x])
    },
    Case(name: "slice, padding and gather", inputShape: [4, 6]) { x in
      x.sliced(1, start: 1, count: 3).gathered(1, [2, 0, 2])
    },
    Case(name: "resizing", inputShape: [2, 4, 3]) { x in
      x.builder.apply(
        Resize(
          outputPositions: [7, 5],
          mappings: [.halfPixel(scale: 4 / 7), .halfPixel(scale: 3 / 5)], interpolation: .linear),
        [x])
    },
    Case(name: "matrix product", inputShape: [5]) { x in
      x.product(x.builder.constant(.seeded([5, 3], seed: 2)))
    },
  ]

  @Test(arguments: [17, 18, 23])
  func `gradients of every sample are those of the sample alone`(opset: Int) throws {
    let results = try ExportRuntime.run(
      Self.cases.map { item in
        (try item.graph(1), ["x": .seeded(Shape([3] + item.inputShape.extents), seed: 3)])
      }, sampleAxis: "samples", opset: opset)
    for (item, result) in zip(Self.cases, results) {
      let actual = try result.get()
      let expected = try referenceOutputs(
        of: item.graph(3),
        inputs: ["x": .seeded(Shape([3] + item.inputShape.extents), seed: 3)])
      for (name, tensor) in expected {
        expectClose(
          try #require(actual[name]), tensor, absolute: 1e-5, relative: 1e-5,
          "\(item.name) \(name), operator set \(opset)")
      }
    }
  }

  @Test(arguments: [16, 23])
  func `every version of the operator set gives the same numbers`(opset: Int) throws {
    let cases =
      try ExportCase.reductions() + ExportCase.poolings().prefix(8)
      + ExportCase.products() + ExportCase.networks()
    let results = try ExportRuntime.run(cases.map { ($0.graph, $0.inputs) }, opset: opset)
    for (item, result) in zip(cases, results) {
      let actual = try result.get()
      for (name, tensor) in try referenceOutputs(of: item.graph, inputs: item.inputs) {
        let range = Double(tensor.elements.map { abs($0) }.max() ?? 0)
        expectClose(
          try #require(actual[name]), tensor, absolute: 1e-6 + 1e-5 * range, relative: 0,
          "\(item) \(name), operator set \(opset)")
      }
    }
  }
}
