import Foundation
import TensorCore

/// Pictures under a Gaussian, of which nothing counts beyond the edges.
struct GaussianBlur {
  private let taps: [Float]
  private let reach: Int

  /// Prepares a blur.
  ///
  /// - Parameter deviation: The standard deviation in pixels, above zero.
  init(deviation: Double) {
    reach = Int((3 * deviation).rounded(.up))
    taps = (-reach...reach).map { Float(exp(-0.5 * pow(Double($0) / deviation, 2))) }
  }

  /// A picture blurred.
  ///
  /// - Parameter picture: `[channels, rows, columns]`.
  /// - Returns: Weighted means of neighbors, of the same shape.
  func blurred(_ picture: Tensor) -> Tensor {
    let (height, width) = (picture.shape[1], picture.shape[2])
    var elements: [Float] = []
    elements.reserveCapacity(picture.elements.count)
    for channel in 0..<picture.shape[0] {
      let plane = Array(picture.elements[channel * height * width..<(channel + 1) * height * width])
      elements += alongColumns(alongRows(plane, height, width), height, width)
    }
    return Tensor(shape: picture.shape, elements: elements)
  }

  /// What of the Gaussian lies inside, at each place.
  private func shares(_ extent: Int) -> [Float] {
    (0..<extent).map { place in
      let inside = max(0, reach - place)...min(2 * reach, extent - 1 - place + reach)
      return 1 / inside.reduce(0) { $0 + taps[$1] }
    }
  }

  private func alongRows(_ plane: [Float], _ height: Int, _ width: Int) -> [Float] {
    var result = [Float](repeating: 0, count: plane.count)
    let shares = shares(width)
    for start in stride(from: 0, to: height * width, by: width) {
      for (tap, weight) in taps.enumerated() {
        let offset = tap - reach
        let places = max(0, -offset)..<max(max(0, -offset), min(width, width - offset))
        for place in places { result[start + place] += weight * plane[start + place + offset] }
      }
      for place in 0..<width { result[start + place] *= shares[place] }
    }
    return result
  }

  private func alongColumns(_ plane: [Float], _ height: Int, _ width: Int) -> [Float] {
    var result = [Float](repeating: 0, count: plane.count)
    let shares = shares(height)
    for row in 0..<height {
      let target = row * width
      for (tap, weight) in taps.enumerated() {
        let source = (row + tap - reach) * width
        guard (0..<height).contains(row + tap - reach) else { continue }
        for place in 0..<width { result[target + place] += weight * plane[source + place] }
      }
      for place in 0..<width { result[target + place] *= shares[row] }
    }
    return result
  }
}
