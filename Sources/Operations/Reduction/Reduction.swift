public import GraphIR
public import TensorCore

/// How many numbers become one.
public enum ReductionFunction: Hashable, Sendable {
  case sum
  case maximum
  case minimum
  case product
}

/// Reduces axes to extent 1; they are kept, so that the result broadcasts against the input.
public struct Reduction: Operation {
  /// The printed name.
  public static let name = "reduction"

  /// How numbers are combined.
  public let function: ReductionFunction

  /// The axes that are reduced, ascending.
  public let axes: [Int]

  /// Creates a reduction.
  public init(_ function: ReductionFunction, axes: [Int]) {
    self.function = function
    self.axes = axes.sorted()
  }

  /// The function and the axes.
  public var settings: String { "\(function) over \(axes)" }

  /// The shape of the input with extent 1 along the reduced axes.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    try require(
      axes.allSatisfy { inputs[0].extents.indices.contains($0) } && Set(axes).count == axes.count,
      "axes \(axes) are not axes of \(inputs[0])")
    try require(
      function == .sum || function == .product || axes.allSatisfy { inputs[0][$0] > 0 },
      "the \(function) of nothing is not defined (\(inputs[0]))")
    return Shape(inputs[0].extents.enumerated().map { axes.contains($0) ? 1 : $1 })
  }
}

extension Reduction: DifferentiableOperation {
  /// Sums spread evenly; extremes share among equals; products take the product of the others.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (input, output, gradient) = (site.inputs[0], site.output, site.outputGradient)
    return [
      site.gradient(of: 0) {
        switch function {
        case .sum: gradient.broadcast(to: input.shape)
        case .maximum, .minimum:
          input.isEqual(to: output)
            * (gradient / input.isEqual(to: output).reduced(.sum, over: axes))
        case .product: gradient * productOfOthers(input)
        }
      }
    ]
  }

  private func productOfOthers(_ input: Value) -> Value {
    let one = input.builder.constant(1)
    let isZero = input.isEqual(to: input.builder.constant(0))
    let nonZero = isZero.choosing(one, else: input)
    let zeroCount = isZero.reduced(.sum, over: axes)
    let product = nonZero.reduced(.product, over: axes)
    let others = product / nonZero
    return isZero.choosing(
      zeroCount.isEqual(to: one) * product,
      else: zeroCount.isEqual(to: input.builder.constant(0)) * others)
  }
}

/// Axes by what they mean.
public enum AxisSelection: Hashable, Sendable {
  /// Axis 0.
  case samples
  /// Axis 1.
  case channels
  /// All axes after the channels.
  case positions
  /// The axes with these indices.
  case axes([Int])

  /// The indices of the axes in a shape of the given rank.
  public func indices(rank: Int) -> [Int] {
    switch self {
    case .samples: [0]
    case .channels: [1]
    case .positions: Array(2..<max(rank, 2))
    case .axes(let axes): axes
    }
  }
}

extension Value {
  /// The value reduced over axes, which keep extent 1.
  public func reduced(_ function: ReductionFunction, over axes: [Int]) -> Value {
    axes.isEmpty ? self : builder.apply(Reduction(function, axes: axes), [self])
  }

  /// The sum over axes, which keep extent 1.
  public func sum(over axes: AxisSelection) -> Value {
    reduced(.sum, over: axes.indices(rank: shape.rank))
  }

  /// The mean over axes, which keep extent 1.
  public func mean(over axes: AxisSelection) -> Value {
    let indices = axes.indices(rank: shape.rank)
    let count = indices.reduce(1) { $0 * (shape.extents.indices.contains($1) ? shape[$1] : 1) }
    return sum(over: axes) * (1 / Float(max(count, 1)))
  }

  /// The largest value over axes, which keep extent 1.
  public func maximum(over axes: AxisSelection) -> Value {
    reduced(.maximum, over: axes.indices(rank: shape.rank))
  }

  /// The smallest value over axes, which keep extent 1.
  public func minimum(over axes: AxisSelection) -> Value {
    reduced(.minimum, over: axes.indices(rank: shape.rank))
  }
}
