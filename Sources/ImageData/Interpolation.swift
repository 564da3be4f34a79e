/// How the pixels of a resized picture are computed from those of the original.
///
/// When a picture shrinks, the kernels of `bilinear` and `bicubic` widen with the scale so that
/// every original pixel counts (antialiasing), as the Python imaging library does it.
public enum Interpolation: String, Codable, Hashable, Sendable, CaseIterable {
  /// The pixel under the center; no averaging.
  case nearest

  /// The triangle kernel.
  case bilinear

  /// The cubic convolution kernel with a = -0.5 (Keys 1981, equation 15).
  case bicubic

  /// Half the width of the kernel at scale one, in pixels; nil when nothing is averaged.
  var support: Double? {
    switch self {
    case .nearest: nil
    case .bilinear: 1
    case .bicubic: 2
    }
  }

  /// The kernel at a signed distance from its center, in pixels.
  func kernel(_ distance: Double) -> Double {
    let x = abs(distance)
    switch self {
    case .nearest: return x <= 0.5 ? 1 : 0
    case .bilinear: return max(0, 1 - x)
    case .bicubic:
      let a = -0.5
      if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
      return 0
    }
  }
}
