import Testing

@testable import NetworkTraining

/// Three steps with given gradients; expected values by PyTorch 2 (`torch.optim`).
struct OptimizerTests {
  private func parameters(after optimizer: Optimizer) -> [Float] {
    var parameters: [Float] = [0.5, -1, 2]
    var state = OptimizerState(optimizer, count: 3)
    for gradients: [Float] in [[0.1, -0.2, 0.3], [0.4, 0, -0.5], [-0.3, 0.6, 0.05]] {
      state.step(
        optimizer, &parameters, gradients: gradients,
        parts: [ParameterPart(range: 0..<3, decays: true)], rate: 0.1)
    }
    return parameters
  }

  static let cases: [(Optimizer, [Float])] = [
    (.momentum(0.9, weightDecay: 0.01), [0.424175352, -1.00027072, 1.99755371]),
    (.momentum(0.9, isNesterov: true), [0.414209992, -1.04522002, 2.02283001]),
    (.adam(weightDecay: 0.01), [0.292196691, -0.871939659, 1.93633831]),
    (.adamW(weightDecay: 0.1), [0.281915396, -0.85019803, 1.88879871]),
  ]

  @Test(arguments: cases)
  func `steps are those of PyTorch`(optimizer: Optimizer, expected: [Float]) {
    for (actual, expected) in zip(parameters(after: optimizer), expected) {
      #expect(abs(actual - expected) <= 1e-6)
    }
  }

  @Test func `plain descent subtracts the rate times the gradient`() {
    var parameters: [Float] = [1, 2]
    var state = OptimizerState(.momentum(0), count: 2)
    state.step(
      .momentum(0), &parameters, gradients: [0.5, -1],
      parts: [ParameterPart(range: 0..<2, decays: false)], rate: 0.5)
    #expect(parameters == [0.75, 2.5])
  }

  @Test func `offsets are not decayed`() {
    var parameters: [Float] = [1, 1]
    let optimizer = Optimizer.adamW(weightDecay: 0.5)
    var state = OptimizerState(optimizer, count: 2)
    state.step(
      optimizer, &parameters, gradients: [0, 0],
      parts: [
        ParameterPart(range: 0..<1, decays: true), ParameterPart(range: 1..<2, decays: false),
      ], rate: 0.1)
    #expect(parameters == [0.95, 1])
  }

  @Test func `parts follow at their share of the learning rate`() {
    var parameters: [Float] = [1, 1, 1]
    var state = OptimizerState(.momentum(0), count: 3)
    state.step(
      .momentum(0), &parameters, gradients: [1, 1, 1],
      parts: [
        ParameterPart(range: 0..<1, decays: false, rate: 0.1),
        ParameterPart(range: 1..<3, decays: false),
      ], rate: 0.5)
    #expect(parameters == [0.95, 0.5, 0.5])
  }

  @Test func `long gradients are shrunk to the limit and short ones kept`() {
    var gradients: [Float] = [3, -4]
    #expect(GradientClipping.apply(&gradients, limit: 10) == 5)
    #expect(gradients == [3, -4])
    GradientClipping.apply(&gradients, limit: 1)
    #expect(abs(gradients[0] - 0.6) < 1e-6 && abs(gradients[1] + 0.8) < 1e-6)
  }

  @Test func `schedules warm up, fall along a cosine, or follow the plateau`() {
    func share(_ schedule: LearningRateSchedule, _ step: Int, warmUp: Int = 0) -> Float {
      schedule.share(step: step, of: 10, warmUpCount: warmUp, plateauShare: 0.25)
    }
    #expect((0..<10).allSatisfy { share(.constant, $0) == 1 })
    #expect((0..<4).map { share(.constant, $0, warmUp: 4) } == [0.25, 0.5, 0.75, 1])
    #expect(share(.plateau(), 7) == 0.25)
    let cosine = (0...10).map { share(.cosine(finalShare: 0.1), $0) }
    #expect(cosine[0] == 1)
    #expect(abs(cosine[5] - 0.55) < 1e-6 && abs(cosine[10] - 0.1) < 1e-6)
    #expect(zip(cosine, cosine.dropFirst()).allSatisfy { $0 > $1 })
  }
}
