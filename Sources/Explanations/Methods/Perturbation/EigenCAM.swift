import Catalogs
import GraphIR
import Operations
import TensorCore

/// Eigen-CAM: the activation seen along the direction of its channels in which it is strongest.
///
/// `Aᵀ u` with the first left singular vector `u` of the activation `A`, `[channels, positions]`; Muhammad and
/// Yeasin 2020 (arXiv 2008.00299). Nothing in it knows what is explained. Signs of singular
/// vectors are arbitrary: the one is taken of which the map and the sum of channels go together. Libraries
/// take every channel's mean off first (`centered=true`).
enum EigenCAM {
  static let centered = Parameter(
    "centered", "whether the mean of each channel is subtracted first, as other libraries do",
    standard: false)

  static let entry = ExplanationMethod(
    id: "eigen-cam", title: "Eigen-CAM",
    summary: "the strongest common pattern of the channels; the same for every target",
    source: "Muhammad and Yeasin 2020, Eigen-CAM, arXiv 2008.00299",
    use:
      "As a control beside other methods: it shows where the layer is active and knows nothing of the "
      + "target, so that a method should do better than it. No explanation of a class.",
    kind: .activationMap,
    parameters: [centered], finishing: [.rectified(true)],
    procedure: .graph { site, settings in
      let activation =
        settings[centered]
        ? site.activation - site.activation.mean(over: .positions) : site.activation
      return activation.strongestPattern
    })
}

extension Value {
  /// `Aᵀ u`, `[samples, 1, positions…]`, of `[samples, channels, positions…]`.
  fileprivate var strongestPattern: Value {
    let count = shape.positions.reduce(1, *)
    let matrix = reshaped(to: [shape[0], shape[1], count])
    let pattern: Value
    if count <= shape[1] {
      let products = matrix.product(matrix, transposesLeft: true)
      // Of `A v` the length is the singular value; the pattern is that times `v`.
      let direction = products.dominantVector
      let image = products.product(direction)
      pattern = image / (image * direction).sum(over: .axes([1])).squareRoot.orOne
    } else {
      let direction = matrix.product(matrix, transposesRight: true).dominantVector
      pattern = matrix.product(direction, transposesLeft: true)
    }
    let total = matrix.sum(over: .axes([1])).reshaped(to: pattern.shape)
    let agreement = (pattern * total).sum(over: .axes([1])).sign.orOne
    return (pattern * agreement).reshaped(to: Shape([shape[0], 1] + shape.positions))
  }

  /// The eigenvector of the largest eigenvalue of symmetric matrices, `[samples, size, size]`, of length 1,
  /// `[samples, size, 1]`; zero for zero.
  ///
  /// Squared ten times, a matrix has an eigenvalue for each of its own that is this to the power of 1024,
  /// next to which the others vanish; each of its columns is then the vector, some longer than others.
  private var dominantVector: Value {
    let size = shape[2]
    let all = AxisSelection.axes([1, 2])
    var power = self / absolute.maximum(over: all).orOne
    for _ in 0..<10 {
      power = power.product(power)
      power = power / power.absolute.maximum(over: all).orOne
    }
    let identity = Tensor(
      shape: [1, size, size],
      elements: (0..<size * size).map { $0 % (size + 1) == 0 ? 1 : 0 })
    let lengths = (power * builder.constant(identity)).sum(over: .axes([2]))
      .reshaped(to: [shape[0], size, 1])
    // Equally long columns may cancel when they are added; not when they count differently.
    let ramp = Tensor(
      shape: [1, size, 1], elements: (0..<size).map { 1 + Float($0) / Float(size) })
    let longest =
      lengths.isEqual(to: lengths.maximum(over: .axes([1]))) * builder.constant(ramp)
    let column = power.product(longest)
    let scaled = column / column.absolute.maximum(over: .axes([1])).orOne
    return scaled / (scaled * scaled).sum(over: .axes([1])).squareRoot.orOne
  }
}
