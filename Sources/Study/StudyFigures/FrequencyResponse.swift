import Figures
import Foundation

/// How much of a wave along the axis a kernel lets through.
enum FrequencyResponse {
  /// The magnitudes `|sum over k of w[k] exp(-2πi f k)|` at evenly spaced frequencies.
  ///
  /// - Parameters:
  ///   - weights: The kernel.
  ///   - count: How many frequencies from 0 to 0.5 cycles per point, both included; at least two.
  /// - Returns: One magnitude per frequency.
  static func magnitudes(_ weights: [Double], count: Int) -> [Double] {
    (0..<count).map { index in
      let frequency = 0.5 * Double(index) / Double(count - 1)
      var (real, imaginary) = (0.0, 0.0)
      for (place, weight) in weights.enumerated() {
        let angle = 2 * Double.pi * frequency * Double(place)
        real += weight * cos(angle)
        imaginary -= weight * sin(angle)
      }
      return (real * real + imaginary * imaginary).squareRoot()
    }
  }

  /// The magnitudes divided by the largest one; zeros when there is none.
  static func shape(_ weights: [Double], count: Int) -> [Double] {
    let magnitudes = magnitudes(weights, count: count)
    let largest = magnitudes.max() ?? 0
    return largest > 0 ? magnitudes.map { $0 / largest } : magnitudes
  }
}
