import TensorCore

/// A parsed equation of Einsum, such as `bij,bjk->bik` or `...ij,...jk`.
struct EinsumEquation {
  /// The letters of the axes of each operand; those under an ellipsis are named by numbers from behind.
  let operands: [[Character]]

  /// The letters of the axes of the result.
  let result: [Character]

  /// The extent of every letter.
  private(set) var extents: [Character: Int] = [:]

  /// Reads an equation.
  ///
  /// - Parameters:
  ///   - text: The equation.
  ///   - shapes: The shapes of its operands.
  /// - Throws: `ONNXError` when it is malformed or does not fit the shapes.
  init(_ text: String, shapes: [Shape]) throws(ONNXError) {
    let sides = text.filter { $0 != " " }.split(separator: ">", omittingEmptySubsequences: false)
    let isExplicit = sides.count == 2 && sides[0].hasSuffix("-")
    let parts = (isExplicit ? sides[0].dropLast() : sides[0])
      .split(separator: ",", omittingEmptySubsequences: false)
    guard sides.count == (isExplicit ? 2 : 1), parts.count == shapes.count else {
      throw ONNXError(
        .malformedFile, "equation \"\(text)\" does not fit \(shapes.count) inputs")
    }
    var (operands, rest): ([[Character]], [Character]) = ([], [])
    for (part, shape) in zip(parts, shapes) {
      let count = shape.rank - part.count(where: \.isLetter)
      let hidden = Self.hidden(max(count, 0))
      if hidden.count > rest.count { rest = hidden }
      operands.append(try Self.letters(part, hidden, text))
    }
    let all = operands.flatMap(\.self)
    let single = Set(all).filter { letter in letter.isLetter && all.count { $0 == letter } == 1 }
    self.operands = operands
    result = isExplicit ? try Self.letters(sides[1], rest, text) : rest + single.sorted()
    let isComplete = rest.isEmpty || Set(result).isSuperset(of: rest)
    guard isComplete, Set(result).count == result.count, Set(result).isSubset(of: all) else {
      throw ONNXError(
        .malformedFile, "equation \"\(text)\": the result is not made of its operands")
    }
    for (letters, shape) in zip(operands, shapes) { try measure(letters, shape, text) }
  }

  /// The names of axes under an ellipsis, aligned at the last.
  private static func hidden(_ count: Int) -> [Character] {
    (0..<min(count, 10)).reversed().map { Character("\($0)") }
  }

  /// The letters of an operand, with the names of hidden axes for the ellipsis.
  private static func letters(
    _ part: Substring, _ hidden: [Character], _ text: String
  ) throws(ONNXError) -> [Character] {
    let ends = part.split(separator: "...", omittingEmptySubsequences: false)
    guard ends.count <= 2, ends.joined().allSatisfy(\.isLetter) else {
      throw ONNXError(.malformedFile, "equation \"\(text)\" holds what is no letter")
    }
    return ends.count == 2 ? Array(ends[0]) + hidden + Array(ends[1]) : Array(part)
  }

  /// Notes the extents of an operand; what is 1 under an ellipsis is repeated.
  private mutating func measure(
    _ letters: [Character], _ shape: Shape, _ text: String
  ) throws(ONNXError) {
    guard letters.count == shape.rank else {
      throw ONNXError(.malformedFile, "equation \"\(text)\" does not fit shape \(shape)")
    }
    for (letter, extent) in zip(letters, shape.extents) {
      let known = extents[letter] ?? extent
      let isRepeated = !letter.isLetter && (known == 1 || extent == 1)
      guard known == extent || isRepeated else {
        throw ONNXError(.malformedFile, "equation \"\(text)\": \(letter) has two extents")
      }
      extents[letter] = isRepeated ? max(known, extent) : extent
    }
  }
}
