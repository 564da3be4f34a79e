public import Figures
public import ImageData

/// The kernels of a network's first layer beside known filters, and what each does to slow and fast
/// changes along the axis.
public struct KernelsFigure: Figure, Hashable {
  /// One kernel with the filter it resembles.
  public struct Kernel: Hashable, Sendable {
    /// What is written over it, such as `SG 9, 2nd deriv., r = 0.93`.
    public var title: String

    /// The weights in the order of the axis.
    public var weights: [Double]

    /// The filter it resembles, as many weights, or nil for none; drawn scaled to fit best.
    public var reference: [Double]?

    /// Creates a kernel.
    ///
    /// - Parameters:
    ///   - title: What is written over it.
    ///   - weights: The weights in the order of the axis, at least one.
    ///   - reference: The filter it resembles, as many weights.
    public init(title: String, weights: [Double], reference: [Double]? = nil) {
      self.title = title
      self.weights = weights
      self.reference = reference
    }
  }

  /// How many kernels are drawn one by one; the frequency responses of all are drawn.
  public static let maximumShownCount = 16

  /// The kernels; the first ones are drawn one by one.
  public let kernels: [Kernel]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - kernels: 1…1000 kernels, the most telling ones first.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  /// - Throws: `FigureError` when there are no or too many kernels, a kernel is empty, its reference
  ///   has another count, or a weight is not finite.
  public init(kernels: [Kernel], title: String, subtitle: String = "") throws(FigureError) {
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

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try KernelsDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try KernelsDrawing(self).scalableGraphic()
  }
}
