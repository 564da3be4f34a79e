/// A learned kernel beside the Savitzky–Golay kernel that it resembles most.
public struct KernelComparison: Hashable, Sendable {
  /// The Savitzky–Golay kernel of largest |correlation|.
  public let nearest: SmoothingKernel

  /// The correlation with it, −1…1: cosine of the angle between the kernels as they are.
  ///
  /// Means are not subtracted, since the mean of a kernel is what tells smoothing from
  /// differentiation.
  public let correlation: Double

  /// Compares a kernel with all kernels of its length, and of shorter windows in its middle.
  ///
  /// - Parameters:
  ///   - kernel: One weight per point, at least 3, finite, not all zero.
  ///   - includesShorterWindows: Whether shorter windows of 3 points or more are tried as well, with
  ///     zeros on both sides.
  /// - Throws: `ChemometricsError` when the kernel is too short, not finite or zero.
  public init(
    kernel: [Double], includesShorterWindows: Bool = false
  ) throws(ChemometricsError) {
    guard kernel.count >= 3, kernel.allSatisfy(\.isFinite), kernel.contains(where: { $0 != 0 })
    else {
      throw ChemometricsError(
        .invalidSettings,
        "a kernel of \(kernel.count) weights cannot be compared; it needs 3 or more finite weights "
          + "that are not all zero")
    }
    let shortest = includesShorterWindows ? 3 : kernel.count
    var best: (kernel: SmoothingKernel, correlation: Double)?
    for length in stride(from: kernel.count, through: min(shortest, kernel.count), by: -2) {
      let start = (kernel.count - length) / 2
      let window = Array(kernel[start..<start + length])
      for candidate in SmoothingKernel.all(ofLength: length) {
        let norm = (kernel.squaredNorm * candidate.weights.squaredNorm).squareRoot()
        let correlation = max(-1, min(1, window.dot(candidate.weights) / norm))
        if abs(correlation) > abs(best?.correlation ?? 0) + 1e-12 {
          best = (candidate, correlation)
        }
      }
    }
    guard let best else {
      throw ChemometricsError(
        .noVariation, "the kernel is at a right angle to every Savitzky–Golay kernel")
    }
    nearest = best.kernel
    correlation = best.correlation
  }
}
