public import GraphIR
public import TensorCore

/// The product of two matrices, or of two equally long stacks of matrices.
///
/// Inputs: `[…, rows, inner]` and `[…, inner, columns]` with equal leading extents (before
/// transposition), and optionally a bias `[columns]` that is added to every row.
public struct MatrixProduct: Operation {
  /// The printed name.
  public static let name = "matrixProduct"

  /// Whether the last two axes of the left operand are exchanged first.
  public let transposesLeft: Bool

  /// Whether the last two axes of the right operand are exchanged first.
  public let transposesRight: Bool

  /// Creates a product.
  public init(transposesLeft: Bool = false, transposesRight: Bool = false) {
    self.transposesLeft = transposesLeft
    self.transposesRight = transposesRight
  }

  /// Which operands are transposed.
  public var settings: String {
    [transposesLeft ? "leftᵀ" : "", transposesRight ? "rightᵀ" : ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// `[…, rows, columns]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 2...3)
    let (left, right) = (inputs[0], inputs[1])
    try require(
      left.rank >= 2 && left.rank == right.rank
        && left.extents.dropLast(2) == right.extents.dropLast(2),
      "operands \(left) and \(right) have different leading extents")
    let (rows, inner) = Self.matrix(left, transposed: transposesLeft)
    let (rightInner, columns) = Self.matrix(right, transposed: transposesRight)
    try require(inner == rightInner, "\(left) and \(right) have different inner extents")
    if inputs.count == 3 {
      try require(inputs[2] == [columns], "bias \(inputs[2]) does not match \(columns) columns")
    }
    return Shape(left.extents.dropLast(2) + [rows, columns])
  }

  private static func matrix(_ shape: Shape, transposed: Bool) -> (Int, Int) {
    let (a, b) = (shape[shape.rank - 2], shape[shape.rank - 1])
    return transposed ? (b, a) : (a, b)
  }
}

extension MatrixProduct: DifferentiableOperation {
  /// `∂A = g Bᵀ`, `∂B = Aᵀ g`, transposed where the operand was; `∂b = Σ g`.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (left, right, gradient) = (site.inputs[0], site.inputs[1], site.outputGradient)
    return [
      site.gradient(of: 0) {
        transposesLeft
          ? right.product(gradient, transposesLeft: transposesRight, transposesRight: true)
          : gradient.product(right, transposesRight: !transposesRight)
      },
      site.gradient(of: 1) {
        transposesRight
          ? gradient.product(left, transposesLeft: true, transposesRight: transposesLeft)
          : left.product(gradient, transposesLeft: !transposesLeft)
      },
      site.gradient(of: 2) { gradient.summed(to: site.inputs[2].shape) },
    ].prefix(site.inputs.count).map(\.self)
  }
}

extension Value {
  /// The matrix product of this value and `right`.
  public func product(
    _ right: Value, bias: Value? = nil, transposesLeft: Bool = false, transposesRight: Bool = false
  ) -> Value {
    builder.apply(
      MatrixProduct(transposesLeft: transposesLeft, transposesRight: transposesRight),
      [self, right] + (bias.map { [$0] } ?? []))
  }
}
