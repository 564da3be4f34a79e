import Chemometrics
import NetworkTraining
import TensorCore

extension LearnedKernel {
  /// The kernels that a network lays over spectra first, the one most like a Savitzky–Golay kernel
  /// first; none where the first layer is not a convolution of three points or more.
  static func firstLayer(of network: TrainedNetwork) throws -> [LearnedKernel] {
    // Only the first convolution has one input channel.
    let first = network.weights.tensors.filter {
      $0.value.shape.rank == 3 && $0.value.shape[1] == 1 && $0.value.shape[2] >= 3
    }.min { $0.key < $1.key }?.value
    guard let first else { return [] }
    let length = first.shape[2]
    let kernels = (0..<first.shape[0]).map { index in
      let weights = first.elements[index * length..<(index + 1) * length].map(Double.init)
      return LearnedKernel(
        index: index, weights: weights,
        comparison: try? KernelComparison(kernel: weights, includesShorterWindows: true))
    }
    return kernels.sorted {
      abs($0.comparison?.correlation ?? 0) > abs($1.comparison?.correlation ?? 0)
    }
  }
}
