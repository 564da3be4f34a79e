import GraphExecution
import GraphIR
import GraphRewriting
import Operations
import TensorCore
import TestSupport
import Testing

@testable import NetworkTraining

/// Three steps of Adam from the same start, by PyTorch 2 in double precision.
struct TorchStepTests {
  private static func pattern(_ count: Int, _ step: Int) -> [Float] {
    (0..<count).map { Float(($0 * step) % 17 - 8) / 16 }
  }

  private static let losses: [Float] = [0.7353466647725, 0.6930886711779043, 0.6717307083819439]

  private static let parameters: [Float] = [
    -0.5535804, -0.2120604, -0.0212415, 0.3384747, -0.461379, -0.1065494, 0.4359419, -0.3299431,
    -0.2445654, 0.2687345, 1.1099862, 0.9013272, 0.0292054, -0.0951435, -0.5193872, -0.211921,
    0.4884345, -0.385133, 0.1631648, -0.3081879, 0.014013, 0.3571201, -0.2624976, 0.3568581,
    -0.2358789, -0.0680555, 0.6154296, -0.2601513, 0.3318492, -0.317122, 0.0323197, -0.362557,
    0.8790389, 0.8778717, 0.8662245, -0.1462709, -0.1426719, -0.135745, -0.3843874, -0.1940198,
    0.0088737, -0.0531126, 0.1315198, 0.3036263, 0.1407058, -0.1407058,
  ]

  @Test func `losses and weights are those of PyTorch`() throws {
    let network = ThreeConvolutionNetwork(channels: [2, 3], kernels: [5, 3])
    let plan = TrainingGraphs(
      architecture: network, sampleShape: [1, 12], task: .classification(classCount: 2))
    let step = try TrainingStep(plan, batchSize: 4, lane: .shared)
    var parameters = Self.pattern(10, 5) + [1, 1, 0, 0] + Self.pattern(18, 7)
    parameters += [1, 1, 1, 0, 0, 0] + Self.pattern(6, 3) + [0, 0]
    let spectra = zip(Self.pattern(48, 11), Self.pattern(48, 3)).map { $0 + $1 * $1 }
    var state = OptimizerState(.adam(), count: parameters.count)
    for expected in Self.losses {
      let result = try step.run(
        TrainingStep.Inputs(
          parameters: parameters, samples: spectra,
          targets: [0.25, 0, 0, 0.25, 0, 0.25, 0.25, 0], weights: [], masks: []))
      #expect(abs(result.loss - expected) < 1e-5)
      state.step(
        .adam(), &parameters, gradients: result.gradients, parts: step.parts, rate: 0.05)
    }
    // Adam divides by the size of gradients, so where they are tiny rounding shows.
    expectClose(
      Tensor(shape: [46], elements: parameters), Tensor(shape: [46], elements: Self.parameters),
      absolute: 2e-4, relative: 1e-4)
  }
}
