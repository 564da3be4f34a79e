import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Sums of products named by letters.
  static let einsum = ImportFamily(
    "Einsum",
    [ImportEntry("Einsum", "of one or two operands, through a matrix product", einsum)])

  private static func einsum(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let inputs = try site.allInputs()
    let text = try site.attributes.text("equation", default: "")
    let equation = try EinsumEquation(text, shapes: inputs.map(\.shape))
    var operands: [Value] = []
    for (input, letters) in zip(inputs, equation.operands) {
      // Letters of one operand only that are not in the result are summed first.
      let others = equation.operands.count == 1 ? [] : equation.operands[operands.isEmpty ? 1 : 0]
      let summed = letters.indices.filter {
        !equation.result.contains(letters[$0]) && !others.contains(letters[$0])
      }
      let kept = letters.indices.filter { !summed.contains($0) }.map { input.shape[$0] }
      let value = site.pool.value(input).reduced(.sum, over: summed).reshaped(to: Shape(kept))
      operands.append(value)
    }
    let letters = zip(equation.operands, [1, 0]).map { own, other in
      own.filter { letter in
        equation.result.contains(letter)
          || (equation.operands.count > 1 && equation.operands[other].contains(letter))
      }
    }
    let result =
      operands.count == 1
      ? Labeled(value: operands[0], letters: letters[0])
      : product(
        Labeled(value: operands[0], letters: letters[0]),
        Labeled(value: operands[1], letters: letters[1]), equation)
    let type = inputs[0].type
    return [.computed(try site.checked(result.ordered(as: equation.result).value), type)]
  }

  /// The letters fall into four kinds: in both and kept, of one side, in both and summed.
  private static func product(
    _ left: Labeled, _ right: Labeled, _ equation: EinsumEquation
  ) -> Labeled {
    let common = left.letters.filter { right.letters.contains($0) }
    let batch = common.filter { equation.result.contains($0) }
    let inner = common.filter { !equation.result.contains($0) }
    let rows = left.letters.filter { !common.contains($0) }
    let columns = right.letters.filter { !common.contains($0) }
    func count(_ letters: [Character]) -> Int {
      Shape(letters.map { equation.extents[$0] ?? 1 }).elementCount
    }
    let a = left.ordered(as: batch + rows + inner).value
      .reshaped(to: [count(batch), count(rows), count(inner)])
    let b = right.ordered(as: batch + inner + columns).value
      .reshaped(to: [count(batch), count(inner), count(columns)])
    let letters = batch + rows + columns
    let shape = Shape(letters.map { equation.extents[$0] ?? 1 })
    return Labeled(value: a.product(b).reshaped(to: shape), letters: letters)
  }
}

/// A value whose axes are named by letters.
private struct Labeled {
  let value: Value
  let letters: [Character]

  /// The same with its axes in another order.
  func ordered(as order: [Character]) -> Labeled {
    let permutation = order.compactMap { letters.firstIndex(of: $0) }
    let isSame = permutation == Array(letters.indices)
    return Labeled(value: isSame ? value : value.transposed(permutation), letters: order)
  }
}

/// A parsed equation such as `bij,bjk->bik`.
private struct EinsumEquation {
  let operands: [[Character]]
  let result: [Character]
  private(set) var extents: [Character: Int] = [:]

  init(_ text: String, shapes: [Shape]) throws(ONNXError) {
    let sides = text.filter { $0 != " " }.split(separator: ">", omittingEmptySubsequences: false)
    let left = sides[0].hasSuffix("-") ? sides[0].dropLast() : sides[0]
    operands = left.split(separator: ",", omittingEmptySubsequences: false).map { Array($0) }
    let all = operands.flatMap(\.self)
    result =
      sides.count > 1
      ? Array(sides[1])
      : Set(all).filter { letter in
        all.count { $0 == letter } == 1
      }.sorted()
    let isPlain = (all + result).allSatisfy { $0.isLetter }
    guard isPlain, sides.count <= 2, (1...2).contains(operands.count),
      (operands + [result]).allSatisfy({ Set($0).count == $0.count })
    else {
      throw ONNXError(
        .outOfScope,
        "equation \"\(text)\": only one or two operands without ellipses or repeated letters")
    }
    guard operands.count == shapes.count, Set(result).isSubset(of: all) else {
      throw ONNXError(.malformedFile, "equation \"\(text)\" does not fit \(shapes.count) inputs")
    }
    for (letters, shape) in zip(operands, shapes) {
      guard letters.count == shape.rank else {
        throw ONNXError(.malformedFile, "equation \"\(text)\" does not fit shape \(shape)")
      }
      for (letter, extent) in zip(letters, shape.extents) {
        guard extents[letter] ?? extent == extent else {
          throw ONNXError(.malformedFile, "equation \"\(text)\": \(letter) has two extents")
        }
        extents[letter] = extent
      }
    }
  }
}
