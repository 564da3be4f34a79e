public import TensorCore

/// Inputs that others are compared with, as the network takes them.
public struct Background: Sendable, Hashable {
  /// The mean input of every class, `[channels, positions…]`, in the order of the scores; empty where
  /// they are not known.
  public var classMeans: [Tensor] = []

  /// The mean of a set of inputs, `[channels, positions…]`; nil where there is none.
  public var mean: Tensor?

  /// Some inputs of that set, `[channels, positions…]` each; empty where none are kept.
  public var samples: [Tensor] = []

  /// What a black picture is in the network's own numbers, `[channels, 1…]`; nil for zero.
  public var black: Tensor?

  /// The units of the axis between two positions.
  var spacing = 1.0

  /// Knows nothing.
  public init() {}

  /// What the file of a network says.
  ///
  /// - Parameter model: The network.
  public init(_ model: Model) {
    spacing = model.spacing
    let shape = model.inputShape
    let fits = { (numbers: [Float]) in numbers.count == shape.elementCount }
    let evidence = model.information.evidence
    if let means = evidence?.classMeans, means.allSatisfy(fits),
      means.count == model.output.classCount
    {
      classMeans = means.map { Tensor(shape: shape, elements: $0) }
    }
    if let mean = evidence?.mean, fits(mean) {
      self.mean = Tensor(shape: shape, elements: mean)
    }
  }

  /// The same for an input of a shape: what has another shape is left out.
  func fitting(_ shape: Shape) -> Background {
    var fitting = self
    if classMeans.contains(where: { $0.shape != shape }) { fitting.classMeans = [] }
    if mean?.shape != shape { fitting.mean = nil }
    if samples.contains(where: { $0.shape != shape }) { fitting.samples = [] }
    return fitting
  }
}
