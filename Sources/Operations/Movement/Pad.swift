public import GraphIR
public import TensorCore

/// Adds copies of one number before, after and between the elements along each axis.
public struct Pad: Operation {
  /// The printed name.
  public static let name = "pad"

  /// How many are added before the first element of each axis.
  public let before: [Int]

  /// How many are added after the last element of each axis.
  public let after: [Int]

  /// How many are added between neighbours along each axis.
  public let between: [Int]

  /// What is added.
  public let number: Float

  /// Creates a padding.
  public init(before: [Int], after: [Int], between: [Int]? = nil, number: Float = 0) {
    self.before = before
    self.after = after
    self.between = between ?? Array(repeating: 0, count: before.count)
    self.number = number
  }

  /// What is added where.
  public var settings: String { "\(number) before \(before) after \(after) between \(between)" }

  /// The larger shape.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    let shape = inputs[0]
    try require(
      [before.count, after.count, between.count].allSatisfy { $0 == shape.rank },
      "one amount per axis of \(shape)")
    let limit = 0...(1 << 31)
    try require(
      (before + after + between).allSatisfy { limit.contains($0) },
      "amounts must not be negative or huge: \(before), \(after), \(between)")
    return Shape(
      (0..<shape.rank).map { axis in
        before[axis] + after[axis] + shape[axis] + max(0, shape[axis] - 1) * between[axis]
      })
  }

  /// The slice that takes the elements out again.
  func slice(of shape: Shape) -> Slice {
    Slice(starts: before, counts: shape.extents, steps: between.map { $0 + 1 })
  }
}

extension Pad: DifferentiableOperation {
  /// Takes the elements out again.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(
          slice(of: site.inputs[0].shape), [site.outputGradient])
      }
    ]
  }
}

extension Value {
  /// The value with numbers added around and between its elements.
  public func padded(
    before: [Int], after: [Int], between: [Int]? = nil, number: Float = 0
  ) -> Value {
    builder.apply(Pad(before: before, after: after, between: between, number: number), [self])
  }
}
