import GraphIR
import GraphRewriting
import Operations
import TensorCore

extension ExportCase {
  /// Whole graphs: a small network with a class activation map, and awkward names.
  static func networks() throws -> [ExportCase] {
    [
      try ExportCase("class activation map of a small network", buildActivationMap),
      try ExportCase("outputs that are inputs, constants, copies and aliases") { b in
        let x = b.input("x", shape: [2, 3])
        let constant = b.constant(.seeded([2], seed: 4))
        b.name(constant, "constant")
        let shifted = x + 1
        b.name(shifted, "v0")
        b.output("same as x", x)
        b.output("constant itself", constant)
        b.output("shifted", shifted)
        b.output("shifted again", shifted)
        b.output("alias", b.apply(Transpose([0, 1]), [shifted]))
        b.output("v3", x * 2 + b.input("not used", shape: []) * 0)
      },
    ]
  }

  private static func buildActivationMap(_ b: GraphBuilder) {
    let x = b.input("image", shape: [2, 3, 16, 16])
    let same = SlidingWindow(rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1])
    let stem = x.convolved(
      with: b.constant(.seeded([8, 3, 3, 3], seed: 1)),
      bias: b.constant(.seeded([8], seed: 2)), Convolution(window: same)
    ).rectified
    let halved = b.apply(
      MaxPooling(
        PoolingWindow(
          kernel: [3, 3],
          window: SlidingWindow(
            rank: 2, strides: [2, 2], paddingBefore: [1, 1], paddingAfter: [0, 0]))), [stem])
    let layer = halved.convolved(
      with: b.constant(.seeded([8, 1, 3, 3], seed: 3)), Convolution(window: same, groups: 8))
    b.name(layer, "layer")
    let features = (layer * layer.logistic).mean(over: .positions).reshaped(to: [2, 8])
    let logits = features.product(
      b.constant(.seeded([5, 8], seed: 4)), bias: b.constant(.seeded([5], seed: 5)),
      transposesRight: true)
    b.output("logits", logits)
    let weights = b.input("target", shape: [2, 5])
    for (name, target) in [("map", layer), ("saliency", x), ("map of the stem", stem)] {
      guard
        let gradient = try? b.gradients(
          of: [Seed(logits, weights: weights)], withRespectTo: [target])[0]
      else { continue }
      let map = (gradient.mean(over: .positions) * target).sum(over: .channels).rectified
      let extent = map.shape[2]
      b.output(
        name,
        b.apply(
          Resize(
            outputPositions: [16, 16],
            mappings: [.halfPixel(scale: Double(extent) / 16), .halfPixel(scale: 1)],
            interpolation: .linear), [map]))
    }
  }
}
