import TensorCore

/// Noise as smooth as maps on the layer's grid.
enum SmoothNoise {
  static let entry = Control(
    id: "smooth-noise", title: "Smooth noise",
    summary: "random numbers smoothed by a Gaussian as wide as a step of the layer's grid",
    dependsOnStride: true,
    map: { site in
      var generator = SplitMix64(seed: site.seed ^ 0x27d4_eb2f)
      let noise = (0..<site.positions.reduce(1, *)).map { _ in generator.normal() }
      return GaussianSmoothing.smoothed(noise, site.positions, deviation: site.stride)
    })
}
