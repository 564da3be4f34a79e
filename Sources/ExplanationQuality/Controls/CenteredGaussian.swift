import Foundation

/// A spot in the middle.
enum CenteredGaussian {
  static let entry = Control(
    id: "centered-gaussian", title: "Centered spot",
    summary: "a Gaussian in the middle with a standard deviation of a quarter of each side",
    axisCounts: 2...3, map: { map(positions: $0.positions) })

  private static func map(positions: [Int]) -> [Float] {
    let grid = PositionGrid(positions)
    return (0..<grid.count).map { index in
      var exponent = 0.0
      for (place, extent) in zip(grid.place(index), positions) {
        let distance = (Double(place) - Double(extent - 1) / 2) / (0.25 * Double(extent))
        exponent -= distance * distance / 2
      }
      return Float(exp(exponent))
    }
  }
}
