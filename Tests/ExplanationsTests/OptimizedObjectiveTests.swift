import Catalogs
import Foundation
import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// The graph of a step against the formulas of the papers and central differences, in double precision.
struct OptimizedObjectiveTests {
  private typealias Label = OptimizationGraphs.Label

  private static let positions = [7, 9]

  private static func problem(
    _ method: String, _ settings: [String: String]
  ) throws -> any MaskProblem {
    let chosen = try ChosenMethod(method, settings: settings)
    guard case .optimized(let optimization) = chosen.method.procedure else {
      throw ExplanationError(.unknownMethod, method)
    }
    return optimization.problem(MaskSite(positions: positions), chosen.settings)
  }

  private static func graph(
    _ problem: any MaskProblem, masks: Int = 2
  ) throws -> (graph: Graph, inputs: [String: ReferenceTensor]) {
    let model = try PerturbationNetwork.model(positions)
    let form = FormedScores(problem.objective.score.form, .output(0))
    let graphs = OptimizationGraphs(
      model: model, input: model.inputs[0], form: form, problem: problem)
    var generator = SeededGenerator(seed: 17)
    func random(_ shape: [Int], _ range: ClosedRange<Float> = -1...1) -> ReferenceTensor {
      ReferenceTensor(Tensor.random(Shape(shape), using: &generator, range))
    }
    var inputs = [
      ScoringGraphs.label("x"): random([masks, 2] + positions, 0...1),
      Label.target: ReferenceTensor(
        shape: [masks, 3], elements: (0..<masks).flatMap { [0, $0 == 0 ? 1 : 0.5, 0] }),
      Label.numbers: random([masks, 1] + problem.cells, 0.05...0.95),
      Label.noise: random([masks, 1] + problem.cells),
      Label.quota: ReferenceTensor(shape: [masks, 1, 1, 1], elements: [20, 40]),
      Label.pressure: ReferenceTensor(shape: [1], elements: [1.5]),
      Label.scale: ReferenceTensor(shape: [masks], elements: [1, -0.7]),
      Label.presence: ReferenceTensor(shape: [1, 1, 1, 1], elements: [1]),
      Label.base: ReferenceTensor(shape: [1, 1, 1, 1], elements: [0]),
    ]
    for level in 0..<OptimizationGraphs.levelCount(problem.fill) {
      inputs[Label.fill(level)] = random([masks, 2] + positions)
    }
    return (try graphs.step(masks: masks).graph, inputs)
  }

  static let cases: [(id: String, settings: [String: String])] = [
    ("meaningful-perturbation", ["cells": "4"]),
    (
      "meaningful-perturbation",
      ["cells": "5", "score": "logit", "beta": "1.5", "smoothness": "0.5"]
    ),
    ("extremal-perturbation", ["cells": "4"]),
    ("extremal-perturbation", ["cells": "6", "smoothness": "0", "levels": "2"]),
    ("counterfactual-mask", ["cells": "4", "temperature": "0.5", "variation": "0.3"]),
    ("counterfactual-mask", ["cells": "4", "temperature": "1", "region": "deletion"]),
  ]

  @Test(arguments: cases)
  func `the gradient is that of central differences`(
    id: String, settings: [String: String]
  ) throws {
    let (graph, inputs) = try Self.graph(Self.problem(id, settings))
    let numbers = try #require(inputs[Label.numbers])
    let gradient = try #require(
      try preciseReferenceOutputs(of: graph, inputs: inputs)["gradient"])
    let largest = gradient.elements.map(abs).max() ?? 0
    #expect(largest > 1e-4)
    let half = 1e-6
    for index in stride(from: 0, to: numbers.elements.count, by: 3) {
      let losses = try [half, -half].map { change in
        var changed = numbers.elements
        changed[index] += change
        var all = inputs
        all[Label.numbers] = ReferenceTensor(shape: numbers.shape, elements: changed)
        let loss = try #require(try preciseReferenceOutputs(of: graph, inputs: all)["loss"])
        return loss.elements.reduce(0, +)
      }
      let slope = (losses[0] - losses[1]) / (2 * half)
      #expect(abs(slope - gradient.elements[index]) < 1e-4 * largest + 1e-7, "number \(index)")
    }
  }

  /// Linear interpolation between the centers of cells along both axes, point by point.
  private static func interpolated(_ cells: [[Double]]) -> [[Double]] {
    func place(_ position: Int, _ extent: Int, _ count: Int) -> (Int, Int, Double) {
      let center = (Double(position) + 0.5) * Double(count) / Double(extent) - 0.5
      let inside = min(max(center, 0), Double(count - 1))
      let lower = Int(inside)
      return (lower, min(lower + 1, count - 1), inside - Double(lower))
    }
    return (0..<positions[0]).map { row in
      (0..<positions[1]).map { column in
        let (top, bottom, down) = place(row, positions[0], cells.count)
        let (left, right, along) = place(column, positions[1], cells[0].count)
        return (cells[top][left] * (1 - along) + cells[top][right] * along) * (1 - down)
          + (cells[bottom][left] * (1 - along) + cells[bottom][right] * along) * down
      }
    }
  }

  /// The score of the network for an input that is blended by hand.
  private static func score(
    _ input: [Double], _ target: [Double], probability: Bool
  ) throws -> Double {
    let model = try PerturbationNetwork.model(positions)
    let network = try model.network(samples: 1)
    let builder = GraphBuilder(network.graph)
    builder.removeOutputs()
    builder.output("scores", network.scores(in: builder))
    let found = try preciseReferenceOutputs(
      of: builder.finish(),
      inputs: ["x": ReferenceTensor(shape: Shape([1, 2] + positions), elements: input)])
    var scores = try #require(found["scores"]).elements
    if probability {
      let sum = scores.reduce(0) { $0 + exp($1) }
      scores = scores.map { exp($0) / sum }
    }
    return zip(scores, target).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test func `the loss of meaningful perturbation is that of the paper`() throws {
    let problem = try Self.problem(
      "meaningful-perturbation", ["cells": "4", "area": "0.3", "variation": "2"])
    let (graph, inputs) = try Self.graph(problem)
    let outputs = try preciseReferenceOutputs(of: graph, inputs: inputs)
    let losses = try #require(outputs["loss"]).elements
    let x = try #require(inputs[ScoringGraphs.label("x")]).elements
    let fill = try #require(inputs[Label.fill(0)]).elements
    let numbers = try #require(inputs[Label.numbers]).elements
    let target = try #require(inputs[Label.target]).elements
    let map = try #require(outputs["map"]).elements
    for mask in 0..<2 {
      let cells = (0..<4).map { row in (0..<4).map { numbers[mask * 16 + row * 4 + $0] } }
      let kept = Self.interpolated(cells).flatMap(\.self)
      let blended = (0..<126).map { index in
        let share = kept[index % 63]
        return share * x[mask * 126 + index] + (1 - share) * fill[mask * 126 + index]
      }
      let score = try Self.score(
        blended, Array(target[mask * 3..<mask * 3 + 3]), probability: true)
      var (area, variation) = (0.0, 0.0)
      for row in 0..<4 {
        for column in 0..<4 {
          area += abs(1 - cells[row][column]) / 16
          if row > 0 { variation += pow(abs(cells[row][column] - cells[row - 1][column]), 3) / 16 }
          if column > 0 {
            variation += pow(abs(cells[row][column] - cells[row][column - 1]), 3) / 16
          }
        }
      }
      let expected = score * (mask == 0 ? 1 : -0.7) + 1.5 * (0.3 * area + 2 * variation)
      #expect(abs(losses[mask] - expected) < 1e-6, "\(losses[mask]) \(expected)")
      expectClose(
        Array(map[mask * 63..<mask * 63 + 63]), kept.map { 1 - $0 }, absolute: 1e-6)
    }
  }

  @Test func `the loss of extremal perturbations compares sorted masks with a step`() throws {
    let problem = try Self.problem(
      "extremal-perturbation", ["cells": "5", "levels": "4", "area": "10"])
    let (graph, inputs) = try Self.graph(problem)
    let outputs = try preciseReferenceOutputs(of: graph, inputs: inputs)
    let losses = try #require(outputs["loss"]).elements
    let numbers = try #require(inputs[Label.numbers]).elements
    let target = try #require(inputs[Label.target]).elements
    let x = try #require(inputs[ScoringGraphs.label("x")]).elements
    let fills = try (0..<3).map { try #require(inputs[Label.fill($0)]).elements }
    for (mask, quota) in [20, 40].enumerated() {
      let cells = (0..<5).map { row in (0..<5).map { numbers[mask * 25 + row * 5 + $0] } }
      let whole = Self.smoothed(cells, width: 3)
      let kept = Self.interpolated(whole[4..<9].map { Array($0[4..<9]) }).flatMap(\.self)
      let step = (0..<169).map { $0 < 169 - quota ? 0.0 : 1 }
      let missing =
        zip(whole.flatMap(\.self).sorted(), step)
        .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 25
      let blended = (0..<126).map { index in
        let level = kept[index % 63] * 3
        let lower = min(Int(level), 2)
        let place = mask * 126 + index
        let upper = lower == 2 ? x[place] : fills[lower + 1][place]
        return fills[lower][place] + (level - Double(lower)) * (upper - fills[lower][place])
      }
      let score = try Self.score(
        blended, Array(target[mask * 3..<mask * 3 + 3]), probability: false)
      let expected = score * (mask == 0 ? 1 : -0.7) + 15 * missing
      #expect(abs(losses[mask] - expected) < 1e-5, "\(losses[mask]) \(expected)")
    }
  }

  /// The soft maximum of neighbors, cell by cell, also around the cells.
  private static func smoothed(_ cells: [[Double]], width: Double) -> [[Double]] {
    let reach = 4
    return (-reach..<cells.count + reach).map { row in
      (-reach..<cells[0].count + reach).map { column in
        var (sum, total) = (0.0, 0.0)
        // Everything within reach counts, also where nothing is.
        for y in row - reach...row + reach {
          for x in column - reach...column + reach {
            let isInside = cells.indices.contains(y) && cells[0].indices.contains(x)
            let distance = hypot(Double(y - row), Double(x - column)) / width
            let near = exp(-2 * pow(max(distance - 0.5, 0), 2))
            let value = isInside ? near * cells[y][x] : 0
            sum += value * exp(20 * value)
            total += exp(20 * value)
          }
        }
        return sum / total
      }
    }
  }

  @Test func `equal values share what is left of the quota`() throws {
    let builder = GraphBuilder()
    let mask = builder.input("mask", shape: [2, 1, 6])
    let quota = builder.input("quota", shape: [2, 1, 1])
    builder.output("largest", mask.largest(quota))
    let found = try referenceOutputs(
      of: builder.finish(),
      inputs: [
        "mask": Tensor(
          shape: [2, 1, 6], elements: [0.5, 0.25, 0.5, 1, 0, 0.5, 1, 1, 1, 1, 1, 1]),
        "quota": Tensor(shape: [2, 1, 1], elements: [3, 3]),
      ])
    let share = Float(2) / 3
    expectClose(
      try #require(found["largest"]),
      Tensor(
        shape: [2, 1, 6],
        elements: [share, 0, share, 1, 0, share] + [Float](repeating: 0.5, count: 6)),
      absolute: 1e-6, relative: 0)
  }

  @Test func `steps of Adam are those of its definition`() {
    var descent = MaskDescent(.adam(rate: 0.1), in: -1...1, count: 2)
    var numbers: [Float] = [0.5, 0.95]
    var (m, v, w) = ([0.0, 0.0], [0.0, 0.0], [0.5, 0.95])
    for step in 1...5 {
      let gradient = [0.3 * Double(step) - 0.8, -2.0]
      for index in 0..<2 {
        m[index] = 0.9 * m[index] + 0.1 * gradient[index]
        v[index] = 0.999 * v[index] + 0.001 * gradient[index] * gradient[index]
        let mean = m[index] / (1 - pow(0.9, Double(step)))
        let square = v[index] / (1 - pow(0.999, Double(step)))
        w[index] = min(max(w[index] - 0.1 * mean / (square.squareRoot() + 1e-8), -1), 1)
      }
      descent.step(&numbers, gradient.map { Float($0) })
      expectClose(numbers.map(Double.init), w, absolute: 1e-6)
    }
    #expect(numbers[1] == 1)
  }
}
