import SpectralData

/// A Savitzky–Golay kernel: a derivative of the polynomial that fits a window best.
///
/// The kernel is written as a correlation: the filtered value is the sum of kernel times window.
/// A. Savitzky, M. J. E. Golay, Analytical Chemistry 36 (1964) 1627–1639.
public struct SmoothingKernel: Hashable, Sendable {
  /// How many points the window has.
  public let length: Int

  /// The degree of the polynomial.
  public let degree: Int

  /// Which derivative is taken at the middle; 0 smooths.
  public let derivative: Int

  /// One weight per point of the window.
  public let weights: [Double]

  /// Makes a kernel; a window of even length is fitted around its middle between two points.
  ///
  /// - Parameters:
  ///   - length: How many points the window has, more than `degree`.
  ///   - degree: The degree of the polynomial, not negative and at most 6.
  ///   - derivative: Which derivative is taken, 0…`degree`.
  /// - Throws: `ChemometricsError` when there is no such kernel.
  public init(length: Int, degree: Int, derivative: Int) throws(ChemometricsError) {
    guard (0...6).contains(degree), length > degree, (0...degree).contains(derivative) else {
      throw ChemometricsError(
        .invalidSettings,
        "no polynomial of degree \(degree) gives derivative \(derivative) of \(length) points; "
          + "use a degree up to 6 that is less than the length and no less than the derivative")
    }
    self.length = length
    self.degree = degree
    self.derivative = derivative
    weights = SavitzkyGolay.weights(window: length, order: degree, derivative: derivative)
  }

  /// The different kernels of one length: smoothing, first and second derivatives.
  ///
  /// Neighboring degrees give equal kernels at the middle, so smoothing has degrees 0, 2, 4, first
  /// derivatives 1 and 3, second derivatives 2 and 4, as far as the length allows.
  ///
  /// - Parameter length: How many points the windows have.
  /// - Returns: The kernels, none for a length below 1; a smoothing kernel that changes nothing is
  ///   left out.
  public static func all(ofLength length: Int) -> [SmoothingKernel] {
    let settings = [(0, 0), (2, 0), (4, 0), (1, 1), (3, 1), (2, 2), (4, 2)]
    return settings.compactMap { degree, derivative in
      guard length > degree + (derivative == 0 && degree > 0 ? 1 : 0) else { return nil }
      return try? SmoothingKernel(length: length, degree: degree, derivative: derivative)
    }
  }
}
