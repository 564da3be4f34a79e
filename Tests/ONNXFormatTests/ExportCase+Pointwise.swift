import GraphIR
import Operations
import TensorCore

extension ExportCase {
  static func unary() throws -> [ExportCase] {
    let anywhere: [UnaryFunction] = [
      .negate, .absolute, .sign, .exponential, .rectify, .clip(lower: -0.5, upper: 0.6), .tanh,
      .logistic, .errorFunction, .sine, .cosine, .arctangent, .floor, .ceiling, .round,
      .roundStraightThrough, .held,
    ]
    let positive: [UnaryFunction] = [.logarithm, .squareRoot, .reciprocal]
    return try anywhere.map { try ExportCase(Unary($0), shapes: [[3, 4]], in: -2...2.1) }
      + positive.map { try ExportCase(Unary($0), shapes: [[3, 4]], in: 0.4...2) } + [
        // Halves go to even numbers.
        try ExportCase(
          Unary(.round),
          [Tensor(shape: [6], elements: [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])])
      ]
  }

  static func binary() throws -> [ExportCase] {
    let functions: [BinaryFunction] = [
      .add, .subtract, .multiply, .divide, .maximum, .minimum, .power, .less, .lessOrEqual, .equal,
    ]
    let shapes: [[Shape]] = [
      [[2, 3], [2, 3]], [[2, 3], [3]], [[], [2, 2]], [[2, 1, 3], [2, 1]],
    ]
    let equals = Tensor(shape: [4], elements: [0.5, 1, 2, 2])
    let others = Tensor(shape: [4], elements: [0.5, 2, 1, 2])
    return try functions.flatMap { function in
      try shapes.map { try ExportCase(Binary(function), shapes: $0, in: 0.4...2) }
        + [try ExportCase(Binary(function), [equals, others])]
    } + [
      try ExportCase(
        Select(),
        [
          Tensor(shape: [3], elements: [0, 1, -0.25]), .seeded([2, 3], seed: 1),
          .seeded([2, 1], seed: 2),
        ])
    ]
  }

  static func reductions() throws -> [ExportCase] {
    let functions: [ReductionFunction] = [.sum, .maximum, .minimum, .product]
    return try functions.flatMap { function in
      try [[0], [1, 2], [0, 1, 2], []].map {
        try ExportCase(Reduction(function, axes: $0), shapes: [[2, 3, 2]], in: -1...1.3)
      }
    } + [
      try ExportCase(Reduction(.sum, axes: [1]), shapes: [[2, 0, 3]]),
      try ExportCase(Softmax(axis: 1), shapes: [[2, 3, 2]]),
      try ExportCase(Softmax(axis: 0), shapes: [[4]]),
      try ExportCase(LogSoftmax(axis: 1), shapes: [[2, 3, 2]]),
      try ExportCase(LogSoftmax(axis: 2), shapes: [[1, 2, 3]]),
    ]
  }

  static func products() throws -> [ExportCase] {
    [
      try ExportCase(MatrixProduct(), shapes: [[2, 3], [3, 4], [4]]),
      try ExportCase(MatrixProduct(transposesLeft: true), shapes: [[3, 2], [3, 4]]),
      try ExportCase(MatrixProduct(transposesRight: true), shapes: [[2, 3], [4, 3], [4]]),
      try ExportCase(MatrixProduct(), shapes: [[2, 3, 5, 7], [2, 3, 7, 5]]),
      try ExportCase(
        MatrixProduct(transposesLeft: true, transposesRight: true),
        shapes: [[2, 3, 2], [2, 4, 3], [4]]),
    ]
  }

  static func movements() throws -> [ExportCase] {
    [
      try ExportCase(Reshape(to: [3, 4]), shapes: [[2, 3, 2]]),
      try ExportCase(Reshape(to: [0, 4]), shapes: [[2, 0, 2]]),
      try ExportCase(Transpose([2, 0, 1]), shapes: [[2, 3, 4]]),
      try ExportCase(Transpose([0, 1]), shapes: [[2, 3]]),
      // Elements are left over before, between and behind the taken ones.
      try ExportCase(
        Slice(starts: [1, 0, 2], counts: [1, 2, 2], steps: [1, 2, 3]), shapes: [[2, 4, 8]]),
      try ExportCase(Slice(starts: [0, 1], counts: [0, 2]), shapes: [[2, 3]]),
      try ExportCase(
        Pad(before: [1, 0], after: [0, 2], between: [0, 2], number: 3), shapes: [[2, 3]]),
      try ExportCase(
        Pad(before: [0, 1, 2], after: [1, 0, 0], between: [3, 2, 1], number: -1),
        shapes: [[1, 3, 2]]),
      try ExportCase(Concatenate(axis: 1), shapes: [[2, 1], [2, 3], [2, 2]]),
      try ExportCase(Concatenate(axis: 0), shapes: [[2, 1]]),
      try ExportCase(Broadcast(to: [2, 3, 2]), shapes: [[3, 1]]),
      try ExportCase(Broadcast(to: [2, 3]), shapes: [[]]),
      try ExportCase(Gather(axis: 1, indices: [2, 0, 2]), shapes: [[2, 3]]),
      try ExportCase(ScatterSum(axis: 0, indices: [3, 0, 3], extent: 4), shapes: [[3, 2]]),
      try ExportCase(
        ScatterSum(axis: 2, indices: [0, 3, 3, 1, 7], extent: 8), shapes: [[2, 3, 5]]),
    ]
  }
}
