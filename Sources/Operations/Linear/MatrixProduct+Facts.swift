import TensorCore

extension MatrixProduct: CoreOperation {
  /// Nonnegative when all inputs are.
  package func sign(at site: SignSite) -> Sign { site.all(0, 1, 2) }

  /// `A · B + b`.
  package func linearity(inputCount: Int) -> Linearity {
    Linearity(inputCount == 3 ? [[0, 1], [2]] : [[0, 1]])
  }

  /// Whichever is a constant.
  package var parameterInputs: [Int] { [0, 1, 2] }

  /// Two for every result and inner index.
  package func operationCount(at site: OperationSite) -> Int {
    let left = site.inputs[0]
    return 2 * site.result.elementCount * left[left.rank - (transposesLeft ? 2 : 1)]
  }

  /// The stack stays; rows are those of the left side and mix the right one, and the other way
  /// round.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    let rank = site.result.rank
    let stack = (0..<rank - 2).map(AxisOrigin.same)
    let (first, last) = (rank - 2, rank - 1)
    let left: [AxisOrigin] =
      transposesLeft ? [.same(last), .mixed([first])] : [.same(first), .mixed([last])]
    let right: [AxisOrigin] =
      transposesRight ? [.mixed([last]), .same(first)] : [.mixed([first]), .same(last)]
    let bias = Array(repeating: AxisOrigin.repeated, count: rank - 1) + [.same(0)]
    return [stack + left, stack + right, bias].prefix(site.inputs.count).map(\.self)
  }
}
