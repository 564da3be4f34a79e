import Explanations
import Foundation
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

/// How much the maps of Grad-CAM++ depend on what cancels, against the formulas in `Double`.
struct MapConditionTests {
  /// The gradients of two channels: the last of the first lies near the one at which, under the first
  /// activations, the shares of that channel sum to 0.
  private let gradients: [[Double]] = [[0.5, 0.25, 0.25, -0.7726], [0.125, 0.5, -0.0625, 0.375]]

  /// Near the pole, exactly at a zero of the denominator of one position (`S = 8/3`), and tame.
  private let activations: [[[Double]]] = [
    [[1, 2, 0, 1], [0, 1, 3, 2]], [[0, 0.25, 0, 0.25], [0.5, 0, 0.5, 1]],
  ]

  /// Weights over four positions as the paper has them, the exponential left out, with `g Σ A` of
  /// position `at` larger by the relative `change`.
  private func weight(
    _ g: [Double], _ a: [Double], change: Double = 0, at place: Int = -1
  ) -> Double {
    let sum = a.reduce(0, +)
    let alpha = g.enumerated().map { 1 / (2 + $1 * sum * ($0 == place ? 1 + change : 1)) }
    let total = alpha.reduce(0, +)
    return zip(alpha, g).reduce(0) { $0 + $1.0 / total * max($1.1, 0) }
  }

  /// The same as libraries have them: shares that are not normalized.
  private func libraryWeight(
    _ g: [Double], _ a: [Double], change: Double = 0, at place: Int = -1
  ) -> Double {
    let sum = a.reduce(0, +)
    return g.enumerated().reduce(0) { total, entry in
      let (index, g) = entry
      let cube = g * g * g * sum * (index == place ? 1 + change : 1)
      return total + g * g / (2 * g * g + cube + 1e-6) * max(g, 0)
    }
  }

  private typealias Weight = ([Double], [Double], Double, Int) -> Double

  /// The map, and how much it changes for a small relative change of each `g Σ A`, in parts of its
  /// peak, by central differences.
  private func literal(_ a: [[Double]], _ weight: Weight) -> (map: [Double], condition: Double) {
    let map = (0..<4).map { place in
      zip(gradients, a).reduce(0) { $0 + weight($1.0, $1.1, 0, -1) * $1.1[place] }
    }
    let step = 1e-7
    let changes = (0..<4).map { place in
      zip(gradients, a).reduce(0) { total, channel in
        (0..<4).reduce(total) { sum, moved in
          let ends = [step, -step].map { weight(channel.0, channel.1, $0, moved) }
          return sum + abs((ends[0] - ends[1]) / (2 * step) * channel.1[place])
        }
      }
    }
    return (map, (changes.max() ?? 0) / (map.map(abs).max() ?? 1))
  }

  @Test(arguments: [[4], [2, 2]], ["grad-cam-pp", "grad-cam-pp-library"])
  func `the condition is that of differences`(positions: [Int], method: String) throws {
    let weights = gradients.joined().map { Float($0) } + [Float](repeating: 0, count: 8)
    let model = try Model(name: "flat") { samples in
      let builder = GraphBuilder()
      let x = builder.input("x", shape: Shape([samples, 2] + positions))
      let kept = x.rectified
      builder.name(kept, "kept")
      builder.output(
        "scores",
        kept.reshaped(to: [samples, 8]).product(
          builder.constant(Tensor(shape: [2, 8], elements: weights)), transposesRight: true))
      return try builder.finish()
    }
    let chosen = try ChosenMethod(method, settings: ["rectified": "false"])
    let plan = try ExplanationPlan(
      model, methods: [chosen], layers: ["kept"], targets: [.output(0)])
    let inputs = activations.map { channels in
      Tensor(shape: Shape([2] + positions), elements: channels.joined().map { Float($0) })
    }
    let isOfPaper = method == "grad-cam-pp"
    for (explained, a) in zip(try Explainer(model, plan).explain(inputs), activations) {
      let explanation = explained.explanations[0]
      let score = zip(gradients.joined(), a.joined()).reduce(0) { $0 + $1.0 * $1.1 }
      let (map, condition) = literal(a) {
        isOfPaper
          ? weight($0, $1, change: $2, at: $3) : libraryWeight($0, $1, change: $2, at: $3)
      }
      let factor = isOfPaper ? exp(score) : 1
      let expected = Tensor(
        shape: Shape(positions), elements: map.map { Float($0 * factor) })
      let peak = Double(expected.elements.map(abs).max() ?? 0)
      expectClose(
        explanation.map, expected, absolute: max(1e-6, condition * 3e-7) * peak, relative: 0)
      let number = Double(try #require(explanation.conditionNumber))
      #expect(abs(number - condition) <= 0.02 * condition, "\(number) is not \(condition)")
      #expect((number > 1000) == (isOfPaper && a[0][0] == 1), "\(number)")
    }
  }

  @Test func `methods that divide by nothing have no condition`() throws {
    let model = try Model(name: "mean") { samples in
      let builder = GraphBuilder()
      let kept = builder.input("x", shape: [samples, 2, 4]).rectified
      builder.name(kept, "kept")
      builder.output("scores", kept.mean(over: .positions).reshaped(to: [samples, 2]))
      return try builder.finish()
    }
    let plan = try ExplanationPlan(model, methods: [try ChosenMethod("grad-cam")], layers: ["kept"])
    let input = Tensor(shape: [2, 4], elements: [1, 2, 3, 4, 0, 1, 2, 3])
    #expect(
      try Explainer(model, plan).explain([input])[0].explanations[0].conditionNumber == nil)
  }
}
