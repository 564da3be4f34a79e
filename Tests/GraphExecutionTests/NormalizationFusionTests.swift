import GraphIR
import Operations
import TensorCore
import Testing

@testable import GraphExecution

struct NormalizationFusionTests {
  /// A rectified batch norm and what passes a gradient back through both, as differentiation makes
  /// it.
  private struct Network {
    let builder = GraphBuilder()
    let normalized: Value
    let rectified: Value
    let mask: Value
    let passed: Value
    let sums: Value
    let gradient: Value

    init() {
      let x = builder.input("x", shape: [2, 3, 4])
      let (scale, shift) = (builder.input("γ", shape: [3]), builder.input("β", shape: [3]))
      normalized = x.batchNormalized(scale: scale, shift: shift)
      rectified = normalized.rectified
      mask = rectified.isGreater(than: 0)
      passed = builder.input("g", shape: [2, 3, 4]) * mask
      let operands = [x, scale, shift, passed]
      sums = builder.apply(BatchNormalizationSums(BatchNormalization()), operands)
      gradient = builder.apply(BatchNormalizationGradient(BatchNormalization()), operands)
      builder.output("y", rectified)
      builder.output("sums", sums)
      builder.output("gradient", gradient)
    }
  }

  @Test func `a rectifier and its mask are part of the kernels of the normalization`() throws {
    let network = Network()
    let plan = FusionPlan(try network.builder.finish())
    for value in [network.normalized, network.mask, network.passed] {
      #expect(!plan.isLowered(value.id.index))
    }
    for value in [network.rectified, network.sums, network.gradient] {
      #expect(plan.isLowered(value.id.index))
    }
  }

  @Test func `what something else reads is computed by itself`() throws {
    let network = Network()
    network.builder.output("normalized", network.normalized)
    let plan = FusionPlan(try network.builder.finish())
    for value in [network.normalized, network.rectified, network.passed, network.gradient] {
      #expect(plan.isLowered(value.id.index))
    }
  }
}
