/// Where the input changes.
enum EdgeMap {
  static let entry = Control(
    id: "edges", title: "Edges",
    summary: "how steep the input is (Sobel), smoothed by a Gaussian as wide as a step of the grid",
    dependsOnStride: true,
    map: { GaussianSmoothing.smoothed(steepness($0), $0.positions, deviation: $0.stride) })

  /// The length of the gradient over all channels, by differences of neighbors on both sides that are smoothed by
  /// 1, 2, 1 along the other axes.
  static func steepness(_ site: ControlSite) -> [Float] {
    let count = site.positions.reduce(1, *)
    var squares = [Float](repeating: 0, count: count)
    for start in stride(from: 0, to: site.input.count, by: count) {
      let channel = Array(site.input[start..<start + count])
      for axis in site.positions.indices {
        var slope = channel
        for other in site.positions.indices {
          let kernel: [Float] = other == axis ? [-1, 0, 1] : [1, 2, 1]
          slope = GaussianSmoothing.filtered(slope, site.positions, axis: other, kernel)
        }
        for index in squares.indices { squares[index] += slope[index] * slope[index] }
      }
    }
    return squares.map { $0.squareRoot() }
  }
}
