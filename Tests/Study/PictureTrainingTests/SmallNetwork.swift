import Explanations
import GraphIR
import NetworkTraining
import Operations
import TensorCore

@testable import PictureTraining

/// A network for pictures of 12×12 pixels with layers of many kinds: strided, depthwise and grouped
/// convolutions, a residual, limits at 6 and a gate.
enum SmallNetwork {
  /// Numbers between −1/2 and 1/2 that no symmetry makes equal.
  static func pattern(_ count: Int, _ step: Int, _ scale: Float = 1 / 16) -> [Float] {
    (0..<count).map { Float(($0 * step) % 17 - 8) * scale }
  }

  static func tensor(_ shape: Shape, _ step: Int, _ scale: Float = 1 / 16) -> Tensor {
    Tensor(shape: shape, elements: pattern(shape.elementCount, step, scale))
  }

  static func model() throws -> Model {
    try Model(name: "small") { samples in
      let builder = GraphBuilder()
      let input = builder.input("picture", shape: [samples, 3, 12, 12])
      func convolution(
        _ x: Value, _ weights: (Shape, Int), _ bias: Int, stride: Int = 1, groups: Int = 1
      ) -> Value {
        let reach = weights.0[2] / 2
        let window = SlidingWindow(
          rank: 2, strides: [stride, stride], paddingBefore: [reach, reach],
          paddingAfter: [reach, reach])
        return x.convolved(
          with: builder.constant(tensor(weights.0, weights.1)),
          bias: builder.constant(tensor([weights.0[0]], bias, 1 / 32)),
          Convolution(window: window, groups: groups))
      }
      func limited(_ x: Value) -> Value {
        x.maximum(builder.constant(0)).minimum(builder.constant(6))
      }
      let stem = limited(convolution(input, ([4, 3, 3, 3], 5), 3, stride: 2))
      builder.name(stem, "stem")
      let wide = limited(convolution(stem, ([8, 4, 1, 1], 5), 3))
      let deep = limited(convolution(wide, ([8, 1, 3, 3], 7), 5, groups: 8))
      let block = convolution(deep, ([4, 8, 1, 1], 3), 7) + stem
      builder.name(block, "block")
      let sum = convolution(block, ([6, 2, 3, 3], 11), 3, stride: 2, groups: 2)
      let gated = sum * sum.logistic
      builder.name(gated, "gated")
      let means = gated.mean(over: .positions).reshaped(to: [samples, 6])
      builder.output(
        "scores",
        means.product(
          builder.constant(tensor([5, 6], 3)), bias: builder.constant(tensor([5], 5)),
          transposesRight: true))
      return try builder.finish()
    }
  }

  static func network(behind name: String?, layerRate: Float = 1) throws -> FineTunedNetwork {
    let model = try model()
    return try FineTunedNetwork(
      model, behind: try name.map { (name) throws in try model.layer(name) },
      upTo: try model.layer("gated"), layerRate: layerRate)
  }
}

/// Samples in memory.
struct GivenSamples: TrainingSamples, ValidationSamples {
  let sampleShape: Shape
  let rows: [[Float]]
  var count: Int { rows.count }
  var identity: String { "" }

  func append(
    _ place: SamplePlace, to numbers: inout [Float], target: inout ArraySlice<Float>,
    using generator: inout SplitMix64
  ) { numbers += rows[place.index] }

  func append(_ index: Int, to numbers: inout [Float]) { numbers += rows[index] }
}
