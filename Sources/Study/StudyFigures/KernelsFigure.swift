package import Figures

/// The kernels of a network's first layer beside known filters, and what each does to slow and fast
/// changes along the axis.
package struct KernelsFigure: Figure, Hashable {
  /// One kernel with the filter it resembles.
  package struct Kernel: Hashable, Sendable {
    /// What is written over it, such as `SG 9, 2nd deriv., r = 0.93`.
    package var title: String

    /// The weights in the order of the axis.
    package var weights: [Double]

    /// The filter it resembles, as many weights, or nil for none; drawn scaled to fit best.
    package var reference: [Double]?

    package init(title: String, weights: [Double], reference: [Double]? = nil) {
      self.title = title
      self.weights = weights
      self.reference = reference
    }
  }

  /// How many kernels are drawn one by one; the frequency responses of all are drawn.
  package static let maximumShownCount = 16

  /// The kernels; the first ones are drawn one by one.
  package let kernels: [Kernel]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are no or too many kernels, a kernel is empty, its reference
  ///   has another count, or a weight is not finite.
  package init(kernels: [Kernel], title: String, subtitle: String = "") throws(FigureError) {
    try FigureCheck.number(kernels.count, in: 1...1000, "kernels")
    for (index, kernel) in kernels.enumerated() {
      try FigureCheck.number(kernel.weights.count, in: 1...10_000, "weights in kernel \(index)")
      try FigureCheck.finite(kernel.weights, "kernel \(index)")
      if let reference = kernel.reference {
        try FigureCheck.values(reference, kernel.weights.count, "reference of kernel \(index)")
      }
    }
    self.kernels = kernels
    self.title = title
    self.subtitle = subtitle
  }

  package func drawing() -> any Drawing { KernelsDrawing(self) }
}
