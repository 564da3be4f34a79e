import GraphIR
import Operations
import TensorCore

/// Movements that move nothing disappear, and two in a row become one.
enum MovementLaws {
  private static let x = Pattern.letter("x")
  private static let turned = Pattern.any(Transpose.self, of: x).called("t")
  private static let reshaped = Pattern.any(Reshape.self, of: x).called("s")
  private static let repeated = Pattern.any(Broadcast.self, of: x).called("r")

  static let all = [
    inPlace(Reshape.self), inPlace(Broadcast.self), inPlace(Slice.self), inPlace(Pad.self),
    Law("transpose in place", .any(Transpose.self, of: x) { $0.permutation.isSorted }, x),
    Law("concatenation of one value", .any(Concatenate.self, of: x), x),
    Law("reshape twice", .any(Reshape.self, of: .any(Reshape.self, of: x))) {
      (reshape: Reshape, match) in match[x].reshaped(to: reshape.shape)
    },
    Law("broadcast twice", .any(Broadcast.self, of: .any(Broadcast.self, of: x)), x),
    Law("transpose twice", .any(Transpose.self, of: turned)) { (outer: Transpose, match) in
      guard let inner = match[turned].node.operation as? Transpose else { return nil }
      return match[x].transposed(outer.permutation.map { inner.permutation[$0] })
    },
    // Axes of extent 1 change places without a number being moved.
    Law("reshape behind a transpose of ones", .any(Reshape.self, of: turned)) {
      (reshape: Reshape, match) in
      guard let transpose = match[turned].node.operation as? Transpose,
        transpose.movesOnes(of: match[x].shape)
      else { return nil }
      return match[x].reshaped(to: reshape.shape)
    },
    Law("transpose of ones behind a reshape", .any(Transpose.self, of: reshaped)) {
      (transpose: Transpose, match) in
      let shape = match[reshaped].shape
      guard transpose.movesOnes(of: shape) else { return nil }
      return match[x].reshaped(to: Shape(transpose.permutation.map { shape[$0] }))
    },
    Law("reduction of single numbers", .any(Reduction.self, of: x)) {
      (reduction: Reduction, match) in
      reduction.axes.allSatisfy { match[x].shape[$0] == 1 } ? match[x] : nil
    },
    Law("sum of equal numbers", .any(Reduction.self, of: repeated)) { (sum: Reduction, match) in
      let (number, shape) = (match[x], match[repeated].shape)
      guard sum.function == .sum, number.shape.rank == shape.rank,
        sum.axes.allSatisfy({ number.shape[$0] == 1 })
      else { return nil }
      return number * Float(sum.axes.reduce(1) { $0 * shape[$1] })
    },
  ]

  private static func inPlace<Movement: GraphIR.Operation>(_ type: Movement.Type) -> Law {
    Law("\(type.name) in place", .any(type, of: x)) { (movement: Movement, match) in
      let shape = match[x].shape
      return (try? movement.outputShape(for: [shape])) == shape ? match[x] : nil
    }
  }
}

extension Transpose {
  /// Whether the numbers of a value of a shape stay in their order.
  fileprivate func movesOnes(of shape: Shape) -> Bool {
    permutation.filter { shape[$0] != 1 }.isSorted
  }
}

extension [Int] {
  fileprivate var isSorted: Bool { self == sorted() }
}
