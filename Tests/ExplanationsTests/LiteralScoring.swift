import Explanations
import Foundation
import GraphExecution
import GraphIR
import TensorCore

@testable import Catalogs

/// Scoring of masked inputs written out in loops; only the network's scores are computed by Vitrine.
struct LiteralScoring {
  private let model: Model
  private let plan: ExplanationPlan
  private let input: Tensor
  private let outputs: ProgramResults
  private let results: ChannelOutputs
  private let predictor: Predictor
  private let winner: Int

  init(_ model: Model, _ plan: ExplanationPlan, _ input: Tensor) throws {
    self.model = model
    self.plan = plan
    self.input = input
    predictor = try Predictor(model)
    winner = Target.ranking(try predictor.scores([input])[0])[0]
    let built = try plan.built(for: model, batch: 1)
    outputs = try Program(built.graph).run([model.inputs[0].name: Tensor.stack([input])])
    guard case .channels(_, let results) = built.results.items[0] else {
      throw ExplanationError(.unknownMethod, "only methods that score masks")
    }
    self.results = results
  }

  /// The map on the grid of the layer, of the class with the highest score.
  func map() throws -> [Double] {
    let settings = plan.methods[0].settings.texts
    let maps = try channels(results.maps)
    let summed = try channels(results.summed)
    let chosen = try preferred(maps)
    let masks = maps.map { normalized(resized($0)) }
    var scores = try chosen.map { try score(masks[$0]) }
    if settings["baseline"] == "fill" {
      let base = try score(masks[0].map { _ in 0 })
      scores = scores.map { $0 - base }
    }
    if settings["normalization"] == "softmax" {
      let sum = scores.reduce(0) { $0 + exp($1) }
      scores = scores.map { exp($0) / sum }
    }
    var map = [Double](repeating: 0, count: maps[0].count)
    for (channel, score) in zip(chosen, scores) {
      let wide = resized(maps[channel])
      let (least, range) = (wide.min() ?? 0, (wide.max() ?? 0) - (wide.min() ?? 0))
      for place in map.indices {
        let value =
          settings["combination"] == "masks"
          ? (maps[channel][place] - least) / range : summed[channel][place]
        map[place] += (settings["groups"] == "5" ? max(score, 0) : score) * value
      }
    }
    if settings["combination"] == "coarse-times-fine" {
      map = map.indices.map { place in map[place] * maps.reduce(0) { $0 + $1[place] } }
    }
    return settings["rectified"] == "false" ? map : map.map { max($0, 0) }
  }

  private func channels(_ output: OutputHandle) throws -> [[Double]] {
    let value = outputs[output].part(0)
    return (0..<value.shape[0]).map { value.part($0).elements.map(Double.init) }
  }

  private func preferred(_ maps: [[Double]]) throws -> [Int] {
    let count = Int(plan.methods[0].settings.texts["channels"] ?? "") ?? 0
    let ranking = outputs[results.ranking].elements
    let lively = maps.indices.filter { Set(maps[$0]).count > 1 }
    guard count > 0 else { return lively }
    return Array(lively.sorted { ranking[$0] > ranking[$1] }.prefix(count))
  }

  /// The probability or logit of the highest class for the input under a mask.
  private func score(_ mask: [Double]) throws -> Double {
    let settings = plan.methods[0].settings.texts
    let size = mask.count
    let values = input.elements.indices.map { index -> Float in
      let share = mask[index % size]
      return Float(share * Double(input.elements[index]) + (1 - share) * fill(index))
    }
    let scores = try predictor.scores([Tensor(shape: input.shape, elements: values)])[0]
    guard settings["score"] != "logit" else { return Double(scores[winner]) }
    let powers = scores.map { exp(Double($0)) }
    return powers[winner] / powers.reduce(0, +)
  }

  /// Zero, or the line or plane through the ends of every axis.
  private func fill(_ index: Int) -> Double {
    guard plan.methods[0].settings.texts["fill"] == "line" else { return 0 }
    let extents = Array(input.shape.extents.dropFirst())
    let size = extents.reduce(1, *)
    let (channel, place) = (index / size, index % size)
    if extents.count == 1 {
      let ends = [input.elements[channel * size], input.elements[channel * size + size - 1]]
      let share = Double(place) / Double(size - 1)
      return Double(ends[0]) * (1 - share) + Double(ends[1]) * share
    }
    let (height, width) = (extents[0], extents[1])
    let (row, column) = (
      Double(place / width) / Double(height - 1), Double(place % width) / Double(width - 1)
    )
    let corner = { (down: Int, right: Int) in
      Double(
        input.elements[channel * size + down * (height - 1) * width + right * (width - 1)])
    }
    return (1 - row) * ((1 - column) * corner(0, 0) + column * corner(0, 1))
      + row * ((1 - column) * corner(1, 0) + column * corner(1, 1))
  }

  private func normalized(_ values: [Double]) -> [Double] {
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    return values.map { most > least ? ($0 - least) / (most - least) : 0 }
  }

  /// Linear in between, half-pixel centers, clamped at the ends.
  private func resized(_ values: [Double]) -> [Double] {
    let grid = Array(outputs[results.maps].shape.extents.dropFirst(2))
    let extents = Array(input.shape.extents.dropFirst())
    let taps = zip(grid, extents).map { from, to in
      (0..<to).map { place -> [(Int, Double)] in
        let source = (Double(place) + 0.5) * Double(from) / Double(to) - 0.5
        let clamped = min(max(source, 0), Double(from - 1))
        let low = Int(clamped)
        return [(low, 1 - clamped + Double(low)), (min(low + 1, from - 1), clamped - Double(low))]
      }
    }
    let rows = grid.count == 1 ? [[(0, 1.0)]] : taps[0]
    let columns = taps[taps.count - 1]
    let width = grid[grid.count - 1]
    return rows.flatMap { row in
      columns.map { column in
        row.reduce(0) { sum, vertical in
          sum
            + column.reduce(0) {
              $0 + vertical.1 * $1.1 * values[vertical.0 * width + $1.0]
            }
        }
      }
    }
  }
}
