import Foundation
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Scores of masked inputs against inputs that are masked here and shown to the network one by one.
struct InputScorerTests {
  /// A network of one axis whose scores are the input itself, so that fills can be read off.
  static func looking(_ points: Int) throws -> Model {
    try Model(name: "looking") { samples in
      let builder = GraphBuilder()
      let input = builder.input("input", shape: Shape([samples, 1, points]))
      builder.output("scores", input.reshaped(to: Shape([samples, points])))
      return try builder.finish()
    }
  }

  static func sample(_ model: Model, _ input: Tensor, seed: UInt64 = 0) -> MaskedSample {
    MaskedSample([model.inputs[0].name: input], masking: model.inputs[0], seed: seed)
  }

  @Test func `lines cross gaps, and are constant to the ends`() throws {
    let model = try Self.looking(10)
    let input = Tensor(shape: [1, 10], elements: [0, 1, 3, 1, 0, 0, 2, 4, 2, 0])
    let hide = { (hidden: Set<Int>) in
      MaskedRow(.shares((0..<10).map { hidden.contains($0) ? 0 : 1 }), fill: .line)
    }
    let rows = try InputScorer(model).scores(
      of: [hide([1, 2, 3]), hide([2, 7]), hide([8, 9]), MaskedRow(.nothing, fill: .line)],
      in: Self.sample(model, input))
    let expected: [[Float]] = [
      [0, 0, 0, 0, 0, 0, 2, 4, 2, 0], [0, 1, 1, 1, 0, 0, 2, 2, 2, 0],
      [0, 1, 3, 1, 0, 0, 2, 4, 4, 4], [Float](repeating: 1.3, count: 10),
    ]
    for (row, values) in zip(rows, expected) {
      expectClose(
        Tensor(shape: [10], elements: row), Tensor(shape: [10], elements: values), absolute: 1e-6,
        relative: 0)
    }
  }

  @Test func `gaps of pictures are filled on both axes, and what is hidden altogether by the mean`()
    throws
  {
    let model = try Model(name: "looking") { samples in
      let builder = GraphBuilder()
      let input = builder.input("input", shape: Shape([samples, 2, 4, 4]))
      builder.output("scores", input.reshaped(to: Shape([samples, 32])))
      return try builder.finish()
    }
    let picture: [Float] = [1, 2, 0, 1, 0, 3, 4, 1, 2, 5, 6, 0, 1, 0, 2, 1]
    let input = Tensor(shape: [2, 4, 4], elements: picture + picture.map { 10 - 2 * $0 })
    let rows = try InputScorer(model).scores(
      of: [
        MaskedRow(
          .shares((0..<16).map { [5, 6, 9, 10].contains($0) ? 0 : 1 }), fill: .infill(noise: 0)),
        MaskedRow(.nothing, fill: .infill(noise: 0)),
      ], in: Self.sample(model, input))
    var filled = picture
    // From a direct solution of the equations.
    for (place, value) in [5: Float(0.947985), 6: 0.799267, 9: 0.953114, 10: 0.871062] {
      filled[place] = value
    }
    let expected = [
      filled + filled.map { 10 - 2 * $0 },
      [Float](repeating: 1.8125, count: 16) + [Float](repeating: 6.375, count: 16),
    ]
    for (row, values) in zip(rows, expected) {
      expectClose(
        Tensor(shape: [32], elements: row), Tensor(shape: [32], elements: values),
        absolute: 2e-3, relative: 0, "an error of 1e-4 of a range of 12 is allowed")
    }
  }

  @Test func `outlines show nothing of the input`() throws {
    let model = try Self.looking(4)
    let input = Tensor(shape: [1, 4], elements: [1, 2, 3, 6])
    let deviation = Float((14.0 / 4).squareRoot())
    let row = MaskedRow(.kept([3, 2, 1, 0], 0..<2), fill: .outline(2))
    let scores = try InputScorer(model).scores(of: [row], in: Self.sample(model, input))[0]
    expectClose(
      Tensor(shape: [4], elements: scores),
      Tensor(shape: [4], elements: [3, 3, 3 + 2 * deviation, 3 + 2 * deviation]),
      absolute: 1e-5, relative: 0)
  }

  static let fills: [RowFill] = [
    .zero, .mean, .noise(1), .blur(.percent(7)), .infill(noise: 0), .infill(noise: 0.1),
  ]

  @Test(.needsShared("data"), arguments: fills)
  func `scores do not depend on the batch, and masks count as shares`(fill: RowFill) throws {
    let model = try ExplainerTests.model("cifar10-resnet20")
    let input = try ExplainerTests.inputs("cifar10-resnet20")[0]
    var generator = SeededGenerator(seed: 9)
    let order = (0..<1024).map { Int32($0) }.shuffled(using: &generator)
    let rows =
      [MaskedRow.whole, MaskedRow(.nothing, fill: fill)]
      + (1..<6).map { MaskedRow(.kept(order, 0..<$0 * 170), fill: fill) }
    let asShares = rows.map { MaskedRow(.shares($0.shares(1024)), fill: fill) }
    let sample = Self.sample(model, input, seed: 5)
    let together = try InputScorer(model, batch: 4).scores(of: rows + rows + asShares, in: sample)
    let alone = try InputScorer(model, batch: 1).scores(of: rows, in: sample)
    for (index, row) in alone.enumerated() {
      for place in [index, index + rows.count, index + 2 * rows.count] {
        expectClose(
          Tensor(shape: [row.count], elements: together[place]),
          Tensor(shape: [row.count], elements: row), absolute: 2e-4, relative: 1e-4)
      }
    }
    let whole = try Predictor(model).scores([input])[0]
    expectClose(
      Tensor(shape: [whole.count], elements: together[0]),
      Tensor(shape: [whole.count], elements: whole), absolute: 2e-4, relative: 1e-4)
  }

  @Test(.needsShared("data"))
  func `masked inputs are input and fill by shares`() throws {
    let model = try ExplainerTests.model("cifar10-resnet20")
    let input = try ExplainerTests.inputs("cifar10-resnet20")[0]
    var generator = SeededGenerator(seed: 2)
    let shares = Tensor.random([1024], using: &generator, 0...1).elements
    let row = MaskedRow(.shares(shares), fill: .mean)
    let made = try InputScorer(model).inputs(of: [row], in: Self.sample(model, input))[0]
    var expected = input.elements
    for channel in 0..<3 {
      let part = input.elements[channel * 1024..<(channel + 1) * 1024]
      let mean = part.reduce(0.0) { $0 + Double($1) } / 1024
      for place in 0..<1024 {
        let value = Double(input.elements[channel * 1024 + place])
        expected[channel * 1024 + place] = Float(mean + Double(shares[place]) * (value - mean))
      }
    }
    expectClose(
      made, Tensor(shape: made.shape, elements: expected), absolute: 1e-5, relative: 1e-5)
  }

  @Test func `a fill that is not known is an error`() throws {
    let model = try Self.looking(4)
    let input = Tensor(shape: [1, 4], elements: [1, 2, 3, 6])
    for fill in [RowFill.background, .black] {
      #expect(throws: ExplanationError.self) {
        try InputScorer(model).scores(
          of: [MaskedRow(.nothing, fill: fill)], in: Self.sample(model, input))
      }
    }
  }
}
