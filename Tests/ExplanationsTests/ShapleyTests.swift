import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Shapley values of cells against their definition, and what must hold of them.
struct ShapleyTests {
  private typealias Network = PerturbationNetwork

  /// The Shapley values of `count` players: the mean gain of each over all orders, by subsets.
  private func shapley(_ count: Int, _ value: (Int) throws -> Double) rethrows -> [Double] {
    let values = try (0..<1 << count).map(value)
    func factorial(_ number: Int) -> Double { (0..<number).reduce(1.0) { $0 * Double($1 + 1) } }
    return (0..<count).map { player in
      (0..<1 << count).filter { $0 >> player & 1 == 0 }.reduce(0.0) { sum, set in
        let size = set.nonzeroBitCount
        let weight = factorial(size) * factorial(count - size - 1) / factorial(count)
        return sum + weight * (values[set | 1 << player] - values[set])
      }
    }
  }

  @Test func `with all coalitions they are those of the definition`() throws {
    let model = try Network.model([15])
    let input = Network.input([15])
    let found = try Network.explanation(
      "kernel-shap", ["cells": "5", "fill": "zero"], of: model, input, target: 2)
    let predictor = try Predictor(model)
    let expected = try shapley(5) { set in
      let kept = input.elements.indices.map {
        set >> ($0 % 15 / 3) & 1 == 1 ? input.elements[$0] : 0
      }
      return Double(try predictor.scores([Tensor(shape: [2, 15], elements: kept)])[0][2])
    }
    #expect(expected.contains { abs($0) > 0.01 })
    expectClose(
      found.map.elements.map(Double.init), (0..<15).map { expected[$0 / 3] / 3 }, absolute: 2e-6)
  }

  @Test(arguments: ["zero", "blur", "line"], [3, 9])
  func `maps add up to the score less that of the fill`(fill: String, cells: Int) throws {
    let model = try Network.model([20])
    let input = Network.input([20])
    let settings = ["cells": "\(cells)", "fill": fill, "masks": "60"]
    let found = try Network.explanation("kernel-shap", settings, of: model, input, target: 2)
    let scorer = InputScorer(model)
    let rowFill: RowFill = ["zero": .zero, "blur": .blur(.percent(7))][fill] ?? .zero
    guard fill != "line" else {
      // Straight from end to end, not across gaps as rows of metrics have it.
      let line = (0..<40).map { place -> Float in
        let (first, last) = (input.elements[place / 20 * 20], input.elements[place / 20 * 20 + 19])
        return first + (last - first) * Float(place % 20) / 19
      }
      let scores = try Predictor(model).scores([input, Tensor(shape: [2, 20], elements: line)])
      expectClose(
        [found.map.elements.reduce(0) { $0 + Double($1) }],
        [Double(scores[0][2] - scores[1][2])], absolute: 1e-5)
      return
    }
    let rows = try scorer.scores(
      of: [.whole, MaskedRow(.nothing, fill: rowFill)],
      in: MaskedSample(["x": input], masking: model.inputs[0]))
    expectClose(
      [found.map.elements.reduce(0) { $0 + Double($1) }], [Double(rows[0][2] - rows[1][2])],
      absolute: 1e-5)
  }

  @Test func `equal cells have equal values, and those that do nothing none`() throws {
    let model = try Network.scoring(8) { row in
      // The last two positions do nothing.
      let sum = row.sliced(1, start: 0, count: 6).sum(over: .axes([1]))
      return sum * sum
    }
    let input = Tensor(shape: [1, 8], elements: [1, 2, 2, 1, 3, 0, 5, -4])
    let found = try Network.explanation(
      "kernel-shap", ["cells": "4", "fill": "zero"], of: model, input)
    // (3 + 3 + 3)² among three equal players.
    expectClose(
      found.map.elements.map(Double.init), [13.5, 13.5, 13.5, 13.5, 13.5, 13.5, 0, 0],
      absolute: 1e-4)
    #expect((found.sampling?.fit ?? 1) < 0.999)
  }

  /// Drawn choices tend to the values of all choices.
  @Test func `random coalitions come near the exact values`() throws {
    let model = try Network.model([24])
    let input = Network.input([24])
    let settings = ["cells": "12", "fill": "zero"]
    let exact = try Network.explanation(
      "kernel-shap", settings.merging(["masks": "4096"]) { $1 }, of: model, input, target: 2
    ).map
    func error(_ masks: Int) throws -> Double {
      let errors = try (0..<4).map { seed in
        let own = ["masks": "\(masks)", "seed": "\(seed)"]
        let found = try Network.explanation(
          "kernel-shap", settings.merging(own) { $1 }, of: model, input, target: 2
        ).map
        return zip(found.elements, exact.elements).reduce(0.0) {
          $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
        }
      }
      return (errors.reduce(0, +) / 4).squareRoot()
    }
    let (few, many) = (try error(60), try error(960))
    let length = exact.elements.reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
    // Sixteen times the masks: a fourth of the error, if it is chance alone.
    #expect(many < 0.45 * few && many < 0.1 * length && few > 0)
  }

  @Test func `a factored matrix solves equations, and one that is not definite is refused`() throws
  {
    var generator = SeededGenerator(seed: 4)
    let root = (0..<36).map { _ in Double.random(in: -1...1, using: &generator) }
    var matrix = [Double](repeating: 0, count: 36)
    for (row, column) in (0..<36).map({ ($0 / 6, $0 % 6) }) {
      matrix[row * 6 + column] = row == column ? 0.1 : 0
      for inner in 0..<6 {
        matrix[row * 6 + column] += root[row * 6 + inner] * root[column * 6 + inner]
      }
    }
    let solution = [-2.5, 1, 0.5, 3, -1, 2]
    var right = [Double](repeating: 0, count: 6)
    for row in 0..<6 {
      for column in 0..<6 { right[row] += matrix[row * 6 + column] * solution[column] }
    }
    let factor = try #require(CholeskyFactor(matrix, count: 6))
    expectClose(factor.solution(of: right), solution, absolute: 1e-9)
    #expect(CholeskyFactor([1, 2, 2, 1], count: 2) == nil)
  }
}
