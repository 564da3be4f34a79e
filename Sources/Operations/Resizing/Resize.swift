public import GraphIR
public import TensorCore

/// Resamples the positions of a value onto another grid, axis by axis.
public struct Resize: Operation {
  /// The printed name.
  public static let name = "resize"

  /// The positions of the result.
  public let outputPositions: [Int]

  /// Where along each spatial axis the result reads.
  public let mappings: [AxisMapping]

  /// How values between grid points are found.
  public let interpolation: Interpolation

  /// Creates a resampling; one extent and one mapping per spatial axis.
  public init(outputPositions: [Int], mappings: [AxisMapping], interpolation: Interpolation) {
    self.outputPositions = outputPositions
    self.mappings = mappings
    self.interpolation = interpolation
  }

  /// The interpolation.
  public var settings: String { "\(interpolation)" }

  /// `[samples, channels, positions…]` with the new positions.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    let shape = inputs[0]
    try require(
      shape.rank >= 3 && shape.rank == outputPositions.count + 2
        && mappings.count == outputPositions.count && !shape.positions.contains(0)
        && outputPositions.allSatisfy { (0...(1 << 24)).contains($0) }
        && mappings.allSatisfy { $0.scale.isFinite && $0.offset.isFinite },
      "\(shape) cannot be resized to \(outputPositions)")
    return Shape([shape[0], shape[1]] + outputPositions)
  }

  /// The taps of one spatial axis for an input of `extent` positions.
  public func taps(_ axis: Int, input extent: Int) -> [AxisTap] {
    AxisTap.taps(mappings[axis], interpolation, input: extent, output: outputPositions[axis])
  }
}

extension Resize: DifferentiableOperation {
  /// The adjoint.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(
          ResizeGradient(self, inputPositions: site.inputs[0].shape.positions),
          [site.outputGradient])
      }
    ]
  }
}

/// The adjoint of a resampling: gives every element back to the grid points it was made of.
public struct ResizeGradient: Operation {
  /// The printed name.
  public static let name = "resizeGradient"

  /// The resampling that this is the adjoint of.
  public let resize: Resize

  /// The positions of what was resampled.
  public let inputPositions: [Int]

  /// Creates the adjoint.
  public init(_ resize: Resize, inputPositions: [Int]) {
    self.resize = resize
    self.inputPositions = inputPositions
  }

  /// The interpolation.
  public var settings: String { resize.settings }

  /// The shape of what was resampled.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    try require(inputs[0].rank >= 3, "\(inputs[0]) has no positions")
    try require(inputPositions.allSatisfy { $0 >= 0 }, "positions \(inputPositions) are negative")
    let result = Shape([inputs[0][0], inputs[0][1]] + inputPositions)
    let resized = try resize.outputShape(for: [result])
    try require(resized == inputs[0], "gradient \(inputs[0]) should be \(resized)")
    return result
  }
}

extension ResizeGradient: DifferentiableOperation {
  /// The resampling.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(resize, [site.outputGradient])
      }
    ]
  }
}
