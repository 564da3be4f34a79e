import Explanations
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct FiniteWeightTests {
  private func model(weight: Float, mask: Float) throws -> Model {
    try Model(name: "diverged") { samples in
      let builder = GraphBuilder()
      let input = builder.input("input", shape: [samples, 1, 4])
      let weights = builder.constant(Tensor(shape: [2, 1, 1], elements: [1, weight]))
      builder.name(weights, "conv1.weight")
      let mask = builder.constant(Tensor(shape: [1, 1, 4], elements: [0, 0, 0, mask]))
      builder.name(mask, "mask")
      let kept = input.convolved(with: weights, Convolution(window: SlidingWindow(rank: 1)))
      let means = (kept + mask).rectified.mean(over: .positions)
      builder.output("scores", means.reshaped(to: [samples, 2]))
      return try builder.finish()
    }
  }

  @Test(arguments: [Float.nan, .infinity])
  func weightsThatAreNotFiniteAreNamed(weight: Float) throws {
    #expect {
      try model(weight: weight, mask: 0)
    } throws: { "\($0)".contains("conv1.weight of shape [2×1×1]") }
  }

  @Test func onlyMasksMayBeInfinite() throws {
    #expect(try model(weight: 1, mask: -.infinity).scoreCount == 2)
    #expect { try model(weight: 1, mask: .nan) } throws: { "\($0)".contains("mask") }
  }
}
