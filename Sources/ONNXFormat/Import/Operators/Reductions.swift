import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Many numbers become one.
  static let reductions = ImportFamily(
    "Reductions",
    [
      reduction("ReduceSum", "the sum") { x, axes in x.reduced(.sum, over: axes) },
      reduction("ReduceMean", "the sum divided by the number") { x, axes in
        x.mean(over: .axes(axes))
      },
      reduction("ReduceMax", "the largest") { x, axes in x.reduced(.maximum, over: axes) },
      reduction("ReduceMin", "the smallest") { x, axes in x.reduced(.minimum, over: axes) },
      reduction("ReduceProd", "the product") { x, axes in x.reduced(.product, over: axes) },
      reduction("ReduceL1", "the sum of magnitudes") { x, axes in
        x.absolute.reduced(.sum, over: axes)
      },
      reduction("ReduceL2", "the root of the sum of squares") { x, axes in
        (x * x).reduced(.sum, over: axes).squareRoot
      },
      reduction("ReduceSumSquare", "the sum of squares") { x, axes in
        (x * x).reduced(.sum, over: axes)
      },
      reduction("ReduceLogSum", "the logarithm of the sum") { x, axes in
        x.reduced(.sum, over: axes).logarithm
      },
      reduction("ReduceLogSumExp", "the logarithm of the sum of exponentials") { x, axes in
        let largest = x.reduced(.maximum, over: axes)
        return largest + (x - largest).exponential.reduced(.sum, over: axes).logarithm
      },
    ])

  private static func reduction(
    _ operatorType: String, _ summary: String,
    _ reduce: @escaping @Sendable (Value, [Int]) -> Value
  ) -> ImportEntry {
    ImportEntry(operatorType, "\(summary) over axes") { (site) throws(ONNXError) in
      let input = try site.input(0)
      let rank = input.shape.rank
      let given = try site.integers(attribute: "axes", orInput: 1) ?? []
      let isIdentity = try site.attributes.flag("noop_with_empty_axes", default: false)
      if given.isEmpty, isIdentity { return [input] }
      let axes = given.isEmpty ? Array(0..<rank) : try site.axes(given, rank: rank)
      let kept = (0..<rank).filter { !axes.contains($0) }.map { input.shape[$0] }
      let keepsAxes = try site.attributes.flag("keepdims", default: true)
      let shape = Shape(
        keepsAxes ? (0..<rank).map { axes.contains($0) ? 1 : input.shape[$0] } : kept)
      if let extreme = extremeOfNothing(operatorType, input, axes: axes) {
        return [try site.broadcast(.known(extreme), to: shape)]
      }
      if let folded = try site.folded(operatorType, input, axes: axes) {
        return [.known(folded.reshaped(to: shape))]
      }
      let reduced = try site.checked(reduce(site.pool.value(input), axes))
      return [.computed(reduced.reshaped(to: shape), input.type)]
    }
  }

  /// The largest or smallest of no numbers is the least or greatest number of the type, and the
  /// logarithm of an empty sum is the least.
  private static func extremeOfNothing(
    _ operatorType: String, _ input: ImportedValue, axes: [Int]
  ) -> HostTensor? {
    guard axes.contains(where: { input.shape[$0] == 0 }),
      ["ReduceMax", "ReduceMin", "ReduceLogSumExp"].contains(operatorType)
    else { return nil }
    let limit = operatorType == "ReduceMin" ? Double.infinity : -Double.infinity
    return HostTensor(shape: [], type: input.type, doubles: [limit])
  }
}

extension ImportSite {
  /// The reduction of few known numbers, as shape arithmetic needs; nil for other operators.
  fileprivate func folded(
    _ operatorType: String, _ input: ImportedValue, axes: [Int]
  ) throws(ONNXError) -> HostTensor? {
    let functions: [String: @Sendable (Double, Double) -> Double] = [
      "ReduceSum": { $0 + $1 }, "ReduceProd": { $0 * $1 }, "ReduceMax": { max($0, $1) },
      "ReduceMin": { min($0, $1) },
    ]
    guard let tensor = input.foldable, let function = functions[operatorType], tensor.count > 0
    else { return nil }
    let kept = (0..<tensor.shape.rank).filter { !axes.contains($0) }
    let numbers = tensor.transposed(kept + axes).doubles
    let outer = Shape(kept.map { tensor.shape[$0] })
    let inner = tensor.count / max(outer.elementCount, 1)
    let results = (0..<outer.elementCount).map { block in
      numbers[(block * inner + 1)..<((block + 1) * inner)]
        .reduce(numbers[block * inner], function)
    }
    return HostTensor(shape: outer, type: tensor.type, doubles: results)
  }
}
