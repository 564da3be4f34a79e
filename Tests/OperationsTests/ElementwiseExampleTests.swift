import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

struct ElementwiseExampleTests {
  @Test(
    arguments: [
      (.negate, [1.5, 0, -1.5]), (.absolute, [1.5, 0, 1.5]), (.sign, [-1, 0, 1]),
      (.exponential, [0.223_130_16, 1, 4.481_689]), (.reciprocal, [-2 / 3, .infinity, 2 / 3]),
      (.rectify, [0, 0, 1.5]), (.clip(lower: -1, upper: 0.5), [-1, 0, 0.5]),
      (.tanh, [-0.905_148_3, 0, 0.905_148_3]), (.logistic, [0.182_425_52, 0.5, 0.817_574_5]),
      (.errorFunction, [-0.966_105_2, 0, 0.966_105_2]), (.sine, [-0.997_495, 0, 0.997_495]),
      (.arctangent, [-0.982_793_7, 0, 0.982_793_7]),
      (.cosine, [0.070_737_2, 1, 0.070_737_2]), (.floor, [-2, 0, 1]), (.ceiling, [-1, 0, 2]),
      (.round, [-2, 0, 2]), (.roundStraightThrough, [-2, 0, 2]), (.held, [-1.5, 0, 1.5]),
    ] as [(UnaryFunction, [Float])])
  func `functions of one number`(function: UnaryFunction, results: [Float]) throws {
    try expect(
      Unary(function), tensor([3], -1.5, 0, 1.5), gives: Tensor(shape: [3], elements: results))
  }

  @Test func `logarithm and root of positive numbers`() throws {
    try expect(Unary(.logarithm), tensor([2], 1, 2.718_281_8), gives: tensor([2], 0, 1))
    try expect(Unary(.squareRoot), tensor([2], 0, 2.25), gives: tensor([2], 0, 1.5))
  }

  @Test func `halves round to even`() throws {
    try expect(
      Unary(.round), tensor([4], 0.5, 2.5, -0.5, 3.5), gives: tensor([4], 0, 2, 0, 4))
  }

  @Test(
    arguments: [
      (.add, [3, 5, 4]), (.subtract, [-1, 1, 0]), (.multiply, [2, 6, 4]), (.divide, [0.5, 1.5, 1]),
      (.maximum, [2, 3, 2]), (.minimum, [1, 2, 2]), (.power, [1, 9, 4]), (.less, [1, 0, 0]),
      (.lessOrEqual, [1, 0, 1]), (.equal, [0, 0, 1]),
    ] as [(BinaryFunction, [Float])])
  func `functions of two numbers`(function: BinaryFunction, results: [Float]) throws {
    try expect(
      Binary(function), tensor([3], 1, 3, 2), Tensor(2),
      gives: Tensor(shape: [3], elements: results))
  }

  @Test func `both sides broadcast`() throws {
    try expect(
      Binary(.add), tensor([2, 1], 10, 20), tensor([3], 1, 2, 3),
      gives: tensor([2, 3], 11, 12, 13, 21, 22, 23))
  }

  @Test func `select takes the second where the first is not zero`() throws {
    try expect(
      Select(), tensor([3], 1, 0, -1), tensor([2, 1], 5, 6), Tensor(9),
      gives: tensor([2, 3], 5, 9, 5, 6, 9, 6))
  }

  @Test(
    arguments: [
      (.sum, [6, 15]), (.maximum, [3, 6]), (.minimum, [1, 4]), (.product, [6, 120]),
    ] as [(ReductionFunction, [Float])])
  func `reductions keep their axes`(function: ReductionFunction, results: [Float]) throws {
    try expect(
      Reduction(function, axes: [1]), counting([2, 3]),
      gives: Tensor(shape: [2, 1], elements: results))
  }

  @Test func `reductions over several axes`() throws {
    try expect(
      Reduction(.sum, axes: [2, 0]), counting([2, 3, 2]), gives: tensor([1, 3, 1], 18, 26, 34))
  }

  @Test func `the sum of nothing is 0 and the product 1`() throws {
    let nothing = Tensor(shape: [2, 0], elements: [])
    try expect(Reduction(.sum, axes: [1]), nothing, gives: tensor([2, 1], 0, 0))
    try expect(Reduction(.product, axes: [1]), nothing, gives: tensor([2, 1], 1, 1))
  }

  @Test func `softmax along the first axis does not overflow`() throws {
    // Odds of 1 to 3 in both columns.
    let input = tensor([2, 2], 0, 1000, 1.098_612_3, 1001.098_6)
    let results: [Float] = [0.25, 0.25, 0.75, 0.75]
    expectClose(
      try evaluated(Softmax(axis: 0), [input]), Tensor(shape: [2, 2], elements: results),
      absolute: 2e-5, relative: 0, "the second column is rounded to 6e-5")
    expectClose(
      try evaluated(LogSoftmax(axis: 0), [input]),
      tensor([2, 2], -1.386_294_4, -1.386_294_4, -0.287_682_07, -0.287_682_07),
      absolute: 1e-4, relative: 0)
  }
}
