import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Sums of products named by letters.
  static let einsum = ImportFamily(
    "Einsum", [ImportEntry("Einsum", "operand by operand, through matrix products", einsum)])

  private static func einsum(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let inputs = try site.allInputs()
    let text = try site.attributes.text("equation", default: "")
    let equation = try EinsumEquation(text, shapes: inputs.map(\.shape))
    var operands: [Labeled] = []
    for (input, letters) in zip(inputs, equation.operands) {
      operands.append(
        Labeled(value: site.pool.value(input), letters: letters).spread(equation.extents).diagonal)
    }
    var product = operands[0]
    for (index, operand) in operands.enumerated().dropFirst() {
      let later = equation.operands[(index + 1)...].joined()
      product = product.times(operand, keeping: Set(equation.result).union(later))
    }
    let result = product.summed(keeping: Set(equation.result)).ordered(as: equation.result)
    return [.computed(try site.checked(result.value), inputs[0].type)]
  }
}

/// A value whose axes are named by letters.
private struct Labeled {
  let value: Value
  let letters: [Character]

  /// The extents of axes by their letters.
  private var extents: [Character: Int] {
    Dictionary(zip(letters, value.shape.extents)) { first, _ in first }
  }

  /// The same with axes of extent 1 repeated where the equation has more.
  func spread(_ extents: [Character: Int]) -> Labeled {
    let shape = Shape(letters.map { extents[$0] ?? 1 })
    return Labeled(
      value: value.shape == shape ? value : value.broadcast(to: shape), letters: letters)
  }

  /// The same with its axes in another order.
  func ordered(as order: [Character]) -> Labeled {
    let permutation = order.compactMap { letters.firstIndex(of: $0) }
    let isSame = permutation == Array(letters.indices)
    return Labeled(value: isSame ? value : value.transposed(permutation), letters: order)
  }

  /// The numbers whose indices agree where a letter names several axes.
  var diagonal: Labeled {
    guard
      let second = letters.indices.first(where: { letters[..<$0].contains(letters[$0]) }),
      let first = letters.firstIndex(of: letters[second])
    else { return self }
    let others = letters.indices.filter { $0 != first && $0 != second }
    let extent = value.shape[first]
    let flat = value.transposed([first, second] + others)
      .reshaped(to: Shape([extent * extent] + others.map { value.shape[$0] }))
    let taken = flat.gathered(0, (0..<extent).map { $0 * (extent + 1) })
    return Labeled(value: taken, letters: [letters[first]] + others.map { letters[$0] }).diagonal
  }

  /// The sum over all axes but some.
  func summed(keeping kept: Set<Character>) -> Labeled {
    let axes = letters.indices.filter { !kept.contains(letters[$0]) }
    guard !axes.isEmpty else { return self }
    let left = letters.filter(kept.contains)
    let shape = Shape(left.map { extents[$0] ?? 1 })
    return Labeled(value: value.reduced(.sum, over: axes).reshaped(to: shape), letters: left)
  }

  /// The product with another, summed over what neither the result nor a later operand names.
  ///
  /// The letters fall into four kinds: in both and kept, of one side each, in both and summed.
  func times(_ other: Labeled, keeping kept: Set<Character>) -> Labeled {
    let left = summed(keeping: kept.union(other.letters))
    let right = other.summed(keeping: kept.union(letters))
    let common = left.letters.filter(right.letters.contains)
    let batch = common.filter(kept.contains)
    let inner = common.filter { !kept.contains($0) }
    let rows = left.letters.filter { !common.contains($0) }
    let columns = right.letters.filter { !common.contains($0) }
    let extents = left.extents.merging(right.extents) { first, _ in first }
    func shape(_ letters: [Character]) -> Shape { Shape(letters.map { extents[$0] ?? 1 }) }
    func count(_ letters: [Character]) -> Int { shape(letters).elementCount }
    let a = left.ordered(as: batch + rows + inner).value
      .reshaped(to: [count(batch), count(rows), count(inner)])
    let b = right.ordered(as: batch + inner + columns).value
      .reshaped(to: [count(batch), count(inner), count(columns)])
    let names = batch + rows + columns
    return Labeled(value: a.product(b).reshaped(to: shape(names)), letters: names)
  }
}
